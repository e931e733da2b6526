import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import styles from "./automations.module.css";
import type { Wait } from "./definition.ts";
import { MatcherFields } from "./MatcherFields.tsx";
import panel from "./panel.module.css";
import { SpanFields } from "./SpanFields.tsx";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

interface WaitFormProps {
  ws: string;
  wait: Wait;
  onChange: (next: Wait) => void;
}

const fresh: Record<string, Wait> = {
  for: { for: { amount: 2, unit: "days" } },
  until: { until: { weekdays: ["mon", "tue", "wed", "thu", "fri"], time: "09:00" } },
  event: { event: { page: "/" }, timeout: { amount: 3, unit: "days" } },
};

/** How long somebody waits: a time, until a weekday and hour, or until they do something. */
export function WaitForm({ ws, wait, onChange }: WaitFormProps) {
  const { t } = useLanguage();
  const kind = wait.event ? "event" : wait.until ? "until" : "for";
  const chosen = wait.until?.weekdays ?? [];
  return (
    <>
      <Select
        label={t("automations.form.wait")}
        value={kind}
        options={(["for", "until", "event"] as const).map((one) => ({
          value: one,
          label: t(`automations.form.wait.${one}`),
        }))}
        onChange={(event) => onChange(fresh[event.target.value] ?? wait)}
      />
      {wait.for && (
        <SpanFields
          label={t("automations.form.amount")}
          value={wait.for}
          onChange={(next) => onChange({ for: next })}
        />
      )}
      {wait.until && (
        <>
          <fieldset className={panel.days}>
            <legend>{t("automations.form.weekdays")}</legend>
            {DAYS.map((day) => (
              <ChipButton
                key={day}
                on={chosen.includes(day)}
                aria-pressed={chosen.includes(day)}
                onClick={() => {
                  const weekdays = DAYS.filter((one) =>
                    one === day ? !chosen.includes(day) : chosen.includes(one),
                  );
                  onChange({ until: { time: wait.until?.time ?? "09:00", weekdays } });
                }}
              >
                {t(`automations.form.day.${day}`)}
              </ChipButton>
            ))}
            <p className={styles.note}>{t("automations.form.weekdays.hint")}</p>
          </fieldset>
          <Field
            label={t("automations.form.time")}
            type="time"
            value={wait.until.time}
            onChange={(event) =>
              onChange({ until: { weekdays: chosen, time: event.target.value } })
            }
          />
        </>
      )}
      {wait.event && (
        <>
          <MatcherFields
            ws={ws}
            value={wait.event}
            onChange={(next) => onChange({ ...wait, event: next })}
          />
          <SpanFields
            label={t("automations.form.timeout")}
            value={wait.timeout ?? { amount: 3, unit: "days" }}
            onChange={(next) => onChange({ ...wait, timeout: next })}
          />
        </>
      )}
    </>
  );
}
