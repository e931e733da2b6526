import { useMap } from "../../api/useMap.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { ConditionBuilder } from "../conditions/ConditionBuilder.tsx";
import { emptyCondition } from "../conditions/condition.ts";
import styles from "./automations.module.css";
import { type Definition, heldShare } from "./definition.ts";
import panel from "./panel.module.css";
import { conditionProblems } from "./places.ts";

interface SettingsFormProps {
  ws: string;
  definition: Definition;
  problems: { place: string; what: string; mend: string }[];
  onChange: (next: Definition) => void;
}

const SHARES = [0, 0.05, 0.1, 0.2, 0.3, 0.5];

/** The rules of the whole: the number it serves, who is held out, how much and when. */
export function SettingsForm({ ws, definition, problems, onChange }: SettingsFormProps) {
  const { t, f } = useLanguage();
  const map = useMap(ws);
  const { goal, cap, quiet, reentry, stream = "marketing", priority = 0 } = definition;
  const share = heldShare(definition);
  const at = (place: string) => problems.find((one) => one.place === place)?.what;
  const mode = reentry?.mode || "once";
  function set(change: Partial<Definition>, ...without: (keyof Definition)[]): void {
    const next = { ...definition, ...change };
    for (const key of without) delete next[key];
    onChange(next);
  }
  return (
    <>
      <Field
        label={t("automations.settings.name")}
        value={definition.name}
        maxLength={120}
        error={at("/name")}
        onChange={(event) => set({ name: event.target.value })}
      />
      <Select
        label={t("automations.settings.kpi")}
        hint={t("automations.settings.kpi.hint")}
        error={at("/kpi")}
        value={definition.kpi}
        options={[
          { value: "", label: t("automations.settings.kpi.pick") },
          ...(map.data?.indicators ?? []).map((one) => ({ value: one.id, label: one.name })),
        ]}
        onChange={(event) => set({ kpi: event.target.value })}
      />
      <label className={panel.check}>
        <input
          type="checkbox"
          checked={goal !== undefined}
          onChange={(event) =>
            event.target.checked ? set({ goal: emptyCondition() }) : set({}, "goal")
          }
        />
        {t("automations.settings.goal.on")}
      </label>
      {goal && (
        <div className={panel.condition}>
          <p className={styles.note}>{t("automations.settings.goal.hint")}</p>
          <ConditionBuilder
            ws={ws}
            value={goal}
            onChange={(next) => set({ goal: next })}
            problems={conditionProblems(problems, "/goal")}
          />
        </div>
      )}
      <Select
        label={t("automations.settings.stream")}
        value={stream}
        options={(["marketing", "transactional"] as const).map((one) => ({
          value: one,
          label: t(`automations.settings.stream.${one}`),
        }))}
        onChange={(event) =>
          event.target.value === "transactional"
            ? set({ stream: "transactional" }, "holdout")
            : set({}, "stream")
        }
      />
      <Select
        label={t("automations.settings.holdout")}
        hint={t(
          stream === "transactional"
            ? "automations.settings.holdout.not"
            : "automations.settings.holdout.hint",
        )}
        disabled={stream === "transactional"}
        error={at("/holdout")}
        value={String(share)}
        options={[...new Set([...SHARES, share])]
          .sort((a, b) => a - b)
          .map((one) => ({ value: String(one), label: f.percent(one) }))}
        onChange={(event) => set({ holdout: Number(event.target.value) })}
      />
      <Select
        label={t("automations.settings.reentry")}
        value={mode}
        options={(["once", "always", "after"] as const).map((one) => ({
          value: one,
          label: t(`automations.settings.reentry.${one}`),
        }))}
        onChange={(event) => {
          const next = event.target.value;
          if (next === "once") set({}, "reentry");
          else set({ reentry: next === "after" ? { mode: next, days: 30 } : { mode: next } });
        }}
      />
      {mode === "after" && (
        <Field
          label={t("automations.settings.reentry.days")}
          type="number"
          min={1}
          value={reentry?.days || ""}
          error={at("/reentry/days")}
          onChange={(event) =>
            set({ reentry: { mode: "after", days: event.target.valueAsNumber || 0 } })
          }
        />
      )}
      <label className={panel.check}>
        <input
          type="checkbox"
          checked={cap !== undefined}
          onChange={(event) =>
            event.target.checked ? set({ cap: { mails: 3, days: 7 } }) : set({}, "cap")
          }
        />
        {t("automations.settings.cap.on")}
      </label>
      {cap && (
        <div className={panel.pair}>
          <Field
            label={t("automations.settings.cap.days")}
            type="number"
            min={1}
            value={cap.days || ""}
            error={at("/cap")}
            onChange={(event) => set({ cap: { ...cap, days: event.target.valueAsNumber || 0 } })}
          />
          <Field
            label={t("automations.settings.cap.mails")}
            type="number"
            min={1}
            value={cap.mails || ""}
            onChange={(event) => set({ cap: { ...cap, mails: event.target.valueAsNumber || 0 } })}
          />
        </div>
      )}
      <label className={panel.check}>
        <input
          type="checkbox"
          checked={quiet !== undefined}
          onChange={(event) =>
            event.target.checked ? set({ quiet: { from: "21:00", to: "08:00" } }) : set({}, "quiet")
          }
        />
        {t("automations.settings.quiet.on")}
      </label>
      {quiet && (
        <div className={panel.pair}>
          <Field
            label={t("automations.settings.quiet.from")}
            type="time"
            value={quiet.from}
            error={at("/quiet")}
            onChange={(event) => set({ quiet: { ...quiet, from: event.target.value } })}
          />
          <Field
            label={t("automations.settings.quiet.to")}
            type="time"
            value={quiet.to}
            onChange={(event) => set({ quiet: { ...quiet, to: event.target.value } })}
          />
        </div>
      )}
      <Select
        label={t("automations.settings.priority")}
        value={String(priority)}
        options={([1, 0, 2, 3] as const).map((one) => ({
          value: String(one),
          label: t(`automations.settings.priority.${one}`),
        }))}
        onChange={(event) => set({ priority: Number(event.target.value) })}
      />
    </>
  );
}
