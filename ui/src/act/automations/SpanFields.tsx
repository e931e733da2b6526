import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import type { Span } from "./definition.ts";
import panel from "./panel.module.css";

const UNITS = ["minutes", "hours", "days", "weeks"] as const;

interface SpanFieldsProps {
  label: string;
  value: Span;
  onChange: (next: Span) => void;
}

/** A length of time: so many of a unit. */
export function SpanFields({ label, value, onChange }: SpanFieldsProps) {
  const { t } = useLanguage();
  return (
    <div className={panel.pair}>
      <Field
        label={label}
        type="number"
        min={1}
        value={value.amount || ""}
        onChange={(event) => onChange({ ...value, amount: event.target.valueAsNumber || 0 })}
      />
      <Select
        label={t("automations.form.unit")}
        value={value.unit}
        options={UNITS.map((unit) => ({
          value: unit,
          label: t(`automations.form.unit.${unit}`),
        }))}
        onChange={(event) => onChange({ ...value, unit: event.target.value as Span["unit"] })}
      />
    </div>
  );
}
