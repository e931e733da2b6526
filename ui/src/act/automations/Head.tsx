import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type Automation, useChangeAutomations } from "../../api/useAutomations.ts";
import { useMap } from "../../api/useMap.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { BackLink } from "../../kit/BackLink.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./automations.module.css";
import type { Counts } from "./counts.ts";
import type { Definition } from "./definition.ts";
import { State } from "./State.tsx";

interface HeadProps {
  ws: string;
  automation: Automation | null;
  definition: Definition;
  counts: Counts;
  dirty: boolean;
  mayEdit: boolean;
  canUndo: boolean;
  canRedo: boolean;
  saving: boolean;
  /** Something has to be mended before it can be kept. */
  blocked: boolean;
  onUndo: () => void;
  onRedo: () => void;
  onSave: () => void;
  onDiscard: () => void;
  onTurn: () => void;
}

/** What it is, for which number, and the switch. */
export function Head(props: HeadProps) {
  const { ws, automation, definition, counts, dirty, mayEdit } = props;
  const { t, f } = useLanguage();
  const [deleting, setDeleting] = useState(false);
  const map = useMap(ws);
  const kpi = map.data?.indicators.find((one) => one.id === definition.kpi)?.name;
  const live = automation !== null && automation.live > 0;
  const facts = [
    kpi ? t("automations.about", { kpi }) : "",
    live && automation.live_since
      ? t("automations.since", { day: f.day(automation.live_since.slice(0, 10)) })
      : "",
    automation ? t("automations.sofar", { people: f.count(counts.entered) }) : "",
    automation ? t("automations.newest", { version: automation.version }) : "",
  ].filter(Boolean);
  return (
    <>
      <div className={styles.crumb}>
        <BackLink to="/w/$ws/act/automations" params={{ ws }}>
          {t("automations.back")}
        </BackLink>
      </div>
      <div className={styles.head}>
        <div>
          <h2>{definition.name || t("automations.new")}</h2>
          <p className={styles.facts}>{f.facts(facts)}</p>
          {dirty && mayEdit && (
            <p className={styles.facts}>
              {automation && <b>{t("automations.unsaved")} </b>}
              {automation && live
                ? t("automations.unsaved.line", { version: automation.version + 1 })
                : t("automations.unsaved.new")}
            </p>
          )}
        </div>
        <div className={styles.tools}>
          <State automation={automation} />
          {mayEdit && (
            <>
              <IconButton
                icon="undo"
                label={t("automations.undo")}
                disabled={!props.canUndo}
                onClick={props.onUndo}
              />
              <IconButton
                icon="redo"
                label={t("automations.redo")}
                disabled={!props.canRedo}
                onClick={props.onRedo}
              />
              {automation && (
                <IconButton
                  icon="trash"
                  label={t("automations.delete")}
                  onClick={() => setDeleting(true)}
                />
              )}
              {automation && !dirty && (
                <Button kind={live ? "outline" : "primary"} onClick={props.onTurn}>
                  {t(live ? "automations.turn.off" : "automations.turn.on")}
                </Button>
              )}
              {dirty && automation && (
                <Button onClick={props.onDiscard}>{t("automations.discard")}</Button>
              )}
              {dirty && (
                <Button
                  kind="primary"
                  onClick={props.onSave}
                  disabled={props.saving || props.blocked}
                >
                  {t("automations.save")}
                </Button>
              )}
            </>
          )}
        </div>
      </div>
      {!dirty && live && automation.live < automation.version && (
        <Older ws={ws} automation={automation} mayEdit={mayEdit} />
      )}
      {deleting && automation && (
        <Delete ws={ws} automation={automation} onClose={() => setDeleting(false)} />
      )}
    </>
  );
}

/** A newer version waits to be switched to. */
function Older({
  ws,
  automation,
  mayEdit,
}: {
  ws: string;
  automation: Automation;
  mayEdit: boolean;
}) {
  const { t } = useLanguage();
  const say = useToast();
  const { turn } = useChangeAutomations(ws);
  const { id, live, version } = automation;
  return (
    <Notice
      kind="warn"
      actions={
        mayEdit && (
          <Button
            small
            disabled={turn.isPending}
            onClick={() =>
              turn.mutate(
                { id, version },
                {
                  onSuccess: () => say({ text: t("automations.on.done") }),
                  onError: (error) => say({ text: error.message }),
                },
              )
            }
          >
            {t("automations.older.turn", { version })}
          </Button>
        )
      }
    >
      {t("automations.older", { live, version })}
    </Notice>
  );
}

function Delete({
  ws,
  automation,
  onClose,
}: {
  ws: string;
  automation: Automation;
  onClose: () => void;
}) {
  const { t } = useLanguage();
  const say = useToast();
  const navigate = useNavigate();
  const { remove } = useChangeAutomations(ws);
  return (
    <Dialog
      title={t("automations.delete.title", { name: automation.name })}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            disabled={remove.isPending}
            onClick={() =>
              remove.mutate(automation.id, {
                onSuccess: () => {
                  say({ text: t("automations.deleted") });
                  void navigate({
                    to: "/w/$ws/act/automations",
                    params: { ws },
                    ignoreBlocker: true,
                  });
                },
                onError: (error) => say({ text: error.message }),
              })
            }
          >
            {t("automations.delete.yes")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <p>{t("automations.delete.line")}</p>
    </Dialog>
  );
}
