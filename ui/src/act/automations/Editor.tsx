import { useBlocker, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import {
  type Automation,
  useAutomationCheck,
  useAutomationEffect,
  useChangeAutomations,
  type WordingTrial,
} from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { useNarrow } from "../../kit/useNarrow.ts";
import { useSettled } from "../../kit/useSettled.ts";
import styles from "./automations.module.css";
import { Canvas } from "./Canvas.tsx";
import { countsOf } from "./counts.ts";
import { type Definition, heldShare, type Kind } from "./definition.ts";
import { EffectCard } from "./EffectCard.tsx";
import { type Gap, inserted, keptAlone, removed, stepAt } from "./edit.ts";
import { Head } from "./Head.tsx";
import { begun, done, redone, undone } from "./history.ts";
import { Outline } from "./Outline.tsx";
import { Panel } from "./Panel.tsx";
import { Problems } from "./Problems.tsx";
import { ReplayCard } from "./ReplayCard.tsx";
import { SettingsCard } from "./SettingsCard.tsx";
import { SwitchDialog } from "./SwitchDialog.tsx";
import { useMayEdit } from "./useMayEdit.ts";
import { Versions } from "./Versions.tsx";
import { Wordings } from "./Wordings.tsx";

interface EditorProps {
  ws: string;
  /** null: not kept yet. */
  automation: Automation | null;
  start: Definition;
}

/** What is open beside the flow: the trigger, the rules, or a step by its id. */
export type Open = "trigger" | "settings" | { step: string } | null;

/** The flow, to be looked at and changed. */
export function Editor({ ws, automation, start }: EditorProps) {
  const { t } = useLanguage();
  const say = useToast();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const mayEdit = useMayEdit(ws);
  const [history, setHistory] = useState(() => begun(start));
  const [typing, setTyping] = useState<string | null>(null);
  const [open, setOpen] = useState<Open>(null);
  const [turning, setTurning] = useState(false);
  const definition = history.now;
  const dirty = automation === null || definition !== start;
  const change = useChangeAutomations(ws);
  const check = useAutomationCheck(ws, useSettled(definition));
  const problems = mayEdit ? (check.data?.problems ?? []) : [];
  const counts = useMemo(() => countsOf(automation, definition), [automation, definition]);
  const effect = useAutomationEffect(ws, automation?.id ?? "", automation !== null);
  const held = heldShare(definition) > 0 || counts.held > 0;

  // Whoever leaves with changes is asked; what was just saved is no change any more.
  const touched = history.past.length > 0;
  const saving = change.create.isPending || change.save.isPending;
  useBlocker({
    shouldBlockFn: () => touched && !saving && !window.confirm(t("automations.unsaved")),
    enableBeforeUnload: touched,
  });

  /** A change; `where` joins what is typed at one place into one step back. */
  const edit = useCallback(
    (next: Definition, where: string | null = null) => {
      setHistory((old) => done(old, next, where !== null && where === typing));
      setTyping(where);
    },
    [typing],
  );
  const undo = () => {
    setHistory(undone);
    setTyping(null);
  };
  const redo = () => {
    setHistory(redone);
    setTyping(null);
  };
  useEffect(() => {
    if (!mayEdit) return;
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.closest("input, textarea, select, dialog")) return;
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      setHistory(event.shiftKey ? redone : undone);
      setTyping(null);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [mayEdit]);

  function add(gap: Gap, kind: Kind): void {
    const made = inserted(definition, gap, kind);
    edit(made.definition);
    setOpen({ step: made.id });
  }
  function drop(id: string): void {
    edit(removed(definition, id));
    setOpen(null);
  }
  function save(): void {
    const told = {
      onError: (error: Error) => say({ text: error.message }),
    };
    if (automation === null) {
      change.create.mutate(definition, {
        ...told,
        onSuccess: (made) => {
          setHistory(begun(definition));
          say({ text: t("automations.saved", { version: made.version }) });
          void navigate({
            to: "/w/$ws/act/automations/$id",
            params: { ws, id: made.id },
            replace: true,
            ignoreBlocker: true,
          });
        },
      });
      return;
    }
    change.save.mutate(
      { id: automation.id, base: automation.version, definition },
      {
        ...told,
        onSuccess: (kept) => say({ text: t("automations.saved", { version: kept.version }) }),
      },
    );
  }

  const missing = open !== null && typeof open === "object" && !counts.at.has(open.step);
  const shown = missing ? null : open;
  const sentences = check.data?.sentences ?? automation?.sentences ?? null;
  const marks = new Map<string, number>();
  for (const { place } of problems) {
    const at = place.startsWith("/trigger") ? "trigger" : stepAt(definition, place);
    if (at) marks.set(at, (marks.get(at) ?? 0) + 1);
  }
  const flow = {
    definition,
    counts,
    sentences,
    marks,
    held,
    effect: effect.data ?? null,
    open: shown,
    onOpen: setOpen,
    ...(mayEdit ? { onAdd: add, onRemove: drop } : {}),
  };
  return (
    <div className={styles.page}>
      <Head
        ws={ws}
        automation={automation}
        definition={definition}
        counts={counts}
        dirty={dirty}
        mayEdit={mayEdit}
        canUndo={history.past.length > 0}
        canRedo={history.future.length > 0}
        saving={saving}
        onUndo={undo}
        onRedo={redo}
        onSave={save}
        onDiscard={() => {
          setHistory(begun(start));
          setOpen(null);
        }}
        onTurn={() => setTurning(true)}
        blocked={problems.length > 0}
      />
      {!mayEdit && <Notice kind="info">{t("automations.readonly")}</Notice>}
      {dirty && problems.length > 0 && (
        <Problems definition={definition} problems={problems} onOpen={setOpen} />
      )}
      {/* What is missing of a new one stands above the rest: it comes first, so that nothing jumps. */}
      {automation === null && check.isPending && mayEdit ? (
        <Loading />
      ) : (
        <div className={styles.two}>
          <div className={styles.main}>
            {narrow ? <Outline {...flow} /> : <Canvas {...flow} />}
            {counts.elsewhere > 0 && (
              <p className="quiet">{t("automations.elsewhere", { people: counts.elsewhere })}</p>
            )}
            {automation && counts.entered > 0 && (
              <EffectCard
                effect={effect.data}
                error={effect.error}
                {...(mayEdit
                  ? {
                      onHoldout: (share: number) => {
                        edit({ ...definition, holdout: share });
                        say({
                          text: t("automations.effect.less.done", {
                            share: `${Math.round(share * 100)}%`,
                          }),
                        });
                      },
                      onStop: () => setTurning(true),
                    }
                  : {})}
              />
            )}
            {automation && (
              <Wordings
                ws={ws}
                id={automation.id}
                enabled={counts.entered > 0}
                {...(mayEdit
                  ? {
                      onTake: (trial: WordingTrial, template: string, wording: string) => {
                        edit(keptAlone(definition, trial.step, template));
                        say({ text: t("automations.trying.taken", { wording }) });
                      },
                    }
                  : {})}
              />
            )}
          </div>
          <div className={styles.side}>
            {shown ? (
              <Panel
                ws={ws}
                open={shown}
                definition={definition}
                problems={problems}
                sentences={sentences}
                mayEdit={mayEdit}
                onChange={edit}
                onRemove={drop}
                onClose={() => setOpen(null)}
              />
            ) : (
              <>
                <SettingsCard
                  ws={ws}
                  definition={definition}
                  sentences={sentences}
                  onChange={() => setOpen("settings")}
                  mayEdit={mayEdit}
                />
                <ReplayCard ws={ws} definition={definition} />
                {automation && (
                  <Versions
                    ws={ws}
                    automation={automation}
                    {...(mayEdit
                      ? {
                          onTake: (version: number, old: Definition) => {
                            edit(old);
                            say({ text: t("automations.versions.opened", { version }) });
                          },
                        }
                      : {})}
                  />
                )}
              </>
            )}
          </div>
        </div>
      )}
      {turning && automation && (
        <SwitchDialog
          ws={ws}
          automation={automation}
          definition={definition}
          counts={counts}
          onClose={() => setTurning(false)}
        />
      )}
    </div>
  );
}
