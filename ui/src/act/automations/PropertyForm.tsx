import { useId } from "react";
import { useConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import type { Step, Value } from "./definition.ts";

interface PropertyFormProps {
  ws: string;
  property: NonNullable<Step["property"]>;
  onChange: (next: NonNullable<Step["property"]>) => void;
}

const fresh: Record<string, Value | null> = {
  "1": { k: 1, t: "" },
  "2": { k: 2, n: 0 },
  "3": { k: 3, n: 1 },
  clear: null,
};

/** Which property of the contact is written, and what. */
export function PropertyForm({ ws, property, onChange }: PropertyFormProps) {
  const { t } = useLanguage();
  const choices = useConditionChoices(ws);
  const list = useId();
  const { key, value } = property;
  const kind = value === null ? "clear" : String(value.k);
  return (
    <>
      <Field
        label={t("automations.form.property")}
        value={key}
        list={list}
        maxLength={200}
        onChange={(event) => onChange({ key: event.target.value, value })}
      />
      <datalist id={list}>
        {(choices.data?.properties ?? [])
          .filter((one) => !one.key.startsWith("company.") && one.key !== "created")
          .map((one) => (
            <option key={one.key} value={one.key}>
              {one.label}
            </option>
          ))}
      </datalist>
      <Select
        label={t("automations.form.property.kind")}
        value={kind}
        options={[
          { value: "1", label: t("automations.form.property.1") },
          { value: "2", label: t("automations.form.property.2") },
          { value: "3", label: t("automations.form.property.3") },
          { value: "clear", label: t("automations.form.property.clear") },
        ]}
        onChange={(event) => onChange({ key, value: fresh[event.target.value] ?? null })}
      />
      {value?.k === 1 && (
        <Field
          label={t("automations.form.property.value")}
          value={value.t ?? ""}
          maxLength={2000}
          onChange={(event) => onChange({ key, value: { k: 1, t: event.target.value } })}
        />
      )}
      {value?.k === 2 && (
        <Field
          label={t("automations.form.property.value")}
          type="number"
          value={value.n ?? 0}
          onChange={(event) =>
            onChange({ key, value: { k: 2, n: event.target.valueAsNumber || 0 } })
          }
        />
      )}
      {value?.k === 3 && (
        <Select
          label={t("automations.form.property.value")}
          value={String(value.n ?? 0)}
          options={[
            { value: "1", label: t("automations.form.yes") },
            { value: "0", label: t("automations.form.no") },
          ]}
          onChange={(event) => onChange({ key, value: { k: 3, n: Number(event.target.value) } })}
        />
      )}
    </>
  );
}
