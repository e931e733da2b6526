import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Field, Select, TextField } from "../../kit/Field.tsx";
import styles from "./edit.module.css";
import type { IndicatorForm } from "./indicatorForm.ts";
import { ServesField } from "./ServesField.tsx";

interface WordsSectionProps {
  form: IndicatorForm;
  onChange: (change: Partial<IndicatorForm>) => void;
  isNew: boolean;
  isKgi: boolean;
  /** What is wrong with a field, in words. */
  problem: (field: "name" | "id" | "definition" | "unit" | "owner" | "role") => string | undefined;
}

/** What it is called, what it counts, in which unit, and who looks after it. */
export function WordsSection({ form, onChange, isNew, isKgi, problem }: WordsSectionProps) {
  const { t } = useLanguage();
  return (
    <div className={styles.stack}>
      <div className={styles.pair}>
        <Field
          label={t("edit.name")}
          value={form.name}
          placeholder={t("edit.name.placeholder")}
          error={problem("name")}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <Field
          label={t("edit.id")}
          value={form.id}
          readOnly={!isNew}
          hint={t(!isNew ? "edit.id.fixed" : form.id ? "edit.id.hint" : "edit.id.empty")}
          error={problem("id")}
          spellCheck={false}
          onChange={(event) => onChange({ id: event.target.value })}
        />
      </div>
      <TextField
        label={t("edit.definition")}
        value={form.definition}
        rows={2}
        hint={t("edit.definition.hint")}
        placeholder={t("edit.definition.placeholder")}
        error={problem("definition")}
        onChange={(event) => onChange({ definition: event.target.value })}
      />
      <TextField
        label={t("edit.why")}
        optional
        value={form.why}
        rows={2}
        placeholder={t("edit.why.placeholder")}
        onChange={(event) => onChange({ why: event.target.value })}
      />
      <div className={styles.pair}>
        <div className={styles.stack} style={{ gap: 8 }}>
          <Field
            label={t("edit.unit")}
            value={form.unit}
            hint={t("edit.unit.own")}
            error={problem("unit")}
            onChange={(event) => onChange({ unit: event.target.value })}
          />
          <div className={styles.chips}>
            {t("edit.units")
              .split(",")
              .map((unit) => (
                <ChipButton
                  key={unit}
                  on={form.unit === unit}
                  aria-pressed={form.unit === unit}
                  onClick={() => onChange({ unit })}
                >
                  {unit}
                </ChipButton>
              ))}
          </div>
        </div>
        <Field
          label={t("edit.owner")}
          value={form.owner}
          placeholder={t("edit.owner.placeholder")}
          error={problem("owner")}
          onChange={(event) => onChange({ owner: event.target.value })}
        />
      </div>
      <div className={styles.pair}>
        <Select
          label={t("edit.role")}
          optional
          value={form.role}
          error={problem("role")}
          options={(["", "outcome", "leading", "action"] as const).map((role) => ({
            value: role,
            label: t(`edit.role.${role || "none"}`),
          }))}
          onChange={(event) => onChange({ role: event.target.value as IndicatorForm["role"] })}
        />
        {isKgi && <ServesField value={form.serves} onChange={(serves) => onChange({ serves })} />}
      </div>
    </div>
  );
}
