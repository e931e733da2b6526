import { useConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { ConditionBuilder } from "../conditions/ConditionBuilder.tsx";
import { emptyCondition } from "../conditions/condition.ts";
import type { Trigger } from "./definition.ts";
import { MatcherFields } from "./MatcherFields.tsx";
import panel from "./panel.module.css";
import { conditionProblems } from "./places.ts";

const KINDS = ["condition", "event", "date", "band"] as const;

interface TriggerFormProps {
  ws: string;
  trigger: Trigger;
  problems: { place: string; what: string; mend: string }[];
  onChange: (next: Trigger) => void;
}

const fresh: Record<(typeof KINDS)[number], Trigger> = {
  condition: { condition: emptyCondition() },
  event: { event: { page: "/" } },
  date: { date: { property: "", days: 0, time: "09:00" } },
  band: { band: { card: "", at_least: 40 } },
};

/** What lets somebody in: a condition that comes true, an event, a date, or points. */
export function TriggerForm({ ws, trigger, problems, onChange }: TriggerFormProps) {
  const { t } = useLanguage();
  const choices = useConditionChoices(ws);
  const kind = KINDS.find((one) => trigger[one]) ?? null;
  const { date, band, event, condition } = trigger;
  const pick = { value: "", label: t("automations.form.template.pick") };
  const dates = (choices.data?.properties ?? []).filter((one) => one.kind === "date");
  return (
    <>
      <Choices
        legend={t("automations.form.trigger.kind")}
        value={kind}
        least={160}
        onChange={(next) => onChange(fresh[next])}
        options={KINDS.map((one) => ({
          value: one,
          title: t(`automations.form.trigger.${one}`),
          line: t(`automations.form.trigger.${one}.line`),
        }))}
      />
      {condition && (
        <div className={panel.condition}>
          <ConditionBuilder
            ws={ws}
            value={condition}
            onChange={(next) => onChange({ condition: next })}
            problems={conditionProblems(problems, "/condition")}
          />
        </div>
      )}
      {event && (
        <MatcherFields ws={ws} value={event} onChange={(next) => onChange({ event: next })} />
      )}
      {date && (
        <>
          <Select
            label={t("automations.form.date.property")}
            value={date.property}
            options={[
              pick,
              ...dates.map((one) => ({ value: one.key, label: one.label || one.key })),
              ...(date.property && !dates.some((one) => one.key === date.property)
                ? [{ value: date.property, label: date.property }]
                : []),
            ]}
            onChange={(change) => onChange({ date: { ...date, property: change.target.value } })}
          />
          <div className={panel.pair}>
            <Field
              label={t("automations.form.date.days")}
              type="number"
              min={-366}
              max={366}
              value={date.days ?? 0}
              onChange={(change) =>
                onChange({ date: { ...date, days: change.target.valueAsNumber || 0 } })
              }
            />
            <Field
              label={t("automations.form.time")}
              type="time"
              value={date.time ?? "09:00"}
              onChange={(change) => onChange({ date: { ...date, time: change.target.value } })}
            />
          </div>
          <label className={panel.check}>
            <input
              type="checkbox"
              checked={date.yearly ?? false}
              onChange={(change) => onChange({ date: { ...date, yearly: change.target.checked } })}
            />
            {t("automations.form.date.yearly")}
          </label>
        </>
      )}
      {band && (
        <>
          <Select
            label={t("automations.form.card")}
            value={band.card}
            options={[
              pick,
              ...(choices.data?.cards ?? []).map((one) => ({ value: one.id, label: one.name })),
            ]}
            onChange={(change) => onChange({ band: { ...band, card: change.target.value } })}
            {...(choices.data?.cards.length === 0 ? { hint: t("automations.form.card.none") } : {})}
          />
          <div className={panel.pair}>
            <Field
              label={t("automations.form.band.least")}
              type="number"
              value={band.at_least}
              onChange={(change) =>
                onChange({ band: { ...band, at_least: change.target.valueAsNumber || 0 } })
              }
            />
            <Field
              label={t("automations.form.band.below")}
              type="number"
              optional
              value={band.below ?? ""}
              onChange={(change) => {
                const { below: _, ...rest } = band;
                const below = change.target.valueAsNumber;
                onChange({ band: Number.isNaN(below) ? rest : { ...rest, below } });
              }}
            />
          </div>
        </>
      )}
    </>
  );
}
