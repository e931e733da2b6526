import { useState } from "react";
import {
  type Automation,
  useChangeAutomations,
  useTriggerReplay,
} from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { useToast } from "../../kit/Toast.tsx";
import type { Counts } from "./counts.ts";
import { type Definition, heldShare } from "./definition.ts";
import { replayable } from "./ReplayCard.tsx";

interface SwitchDialogProps {
  ws: string;
  automation: Automation;
  definition: Definition;
  counts: Counts;
  onClose: () => void;
}

/** 動かす or 止める, with what happens to people said before. */
export function SwitchDialog(props: SwitchDialogProps) {
  return props.automation.live > 0 ? <Off {...props} /> : <On {...props} />;
}

function On({ ws, automation, definition, counts, onClose }: SwitchDialogProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  const { turn } = useChangeAutomations(ws);
  const { trigger, reentry } = definition;
  const past = useTriggerReplay(
    ws,
    replayable(trigger) ? { trigger, ...(reentry ? { reentry } : {}) } : null,
  );
  const held = heldShare(definition);
  return (
    <Dialog
      title={t("automations.on.title", { name: automation.name })}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            disabled={turn.isPending}
            onClick={() =>
              turn.mutate(
                { id: automation.id, version: automation.version },
                {
                  onSuccess: () => {
                    say({ text: t("automations.on.done") });
                    onClose();
                  },
                  onError: (error) => say({ text: error.message }),
                },
              )
            }
          >
            {t("automations.turn.on")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      {past.data && (
        <p>
          {t("automations.on.past", {
            people: f.count(past.data.people),
            week: f.count(Math.round(past.data.a_week ?? 0)),
          })}
          {held > 0 && ` ${t("automations.on.past.held", { share: f.percent(held) })}`}
        </p>
      )}
      {(trigger.condition || trigger.band) && <p>{t("automations.on.now")}</p>}
      {counts.inside > 0 && <p>{t("automations.on.finish", { people: f.count(counts.inside) })}</p>}
    </Dialog>
  );
}

function Off({ ws, automation, counts, onClose }: SwitchDialogProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  const { turn } = useChangeAutomations(ws);
  const [inside, setInside] = useState<"leave" | "finish">("leave");
  const items = automation.items.queued ?? 0;
  return (
    <Dialog
      title={t("automations.off.title", { name: automation.name })}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            disabled={turn.isPending}
            onClick={() =>
              turn.mutate(
                { id: automation.id, version: 0, inside },
                {
                  onSuccess: () => {
                    say({ text: t("automations.off.done") });
                    onClose();
                  },
                  onError: (error) => say({ text: error.message }),
                },
              )
            }
          >
            {t("automations.turn.off")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <Choices
        legend={t("automations.off.inside", { people: f.count(counts.inside) })}
        value={inside}
        onChange={setInside}
        options={[
          {
            value: "leave",
            title: t("automations.off.leave"),
            line: t("automations.off.leave.line", { items: f.count(items) }),
          },
          {
            value: "finish",
            title: t("automations.off.finish"),
            line: t("automations.off.finish.line"),
          },
        ]}
      />
    </Dialog>
  );
}
