import { useState } from "react";
import type { FormQuestion } from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Field, Select, TextField } from "../../kit/Field.tsx";
import { Check } from "./Check.tsx";
import { hasOptions, isChoice, isScale, KINDS, ofKind, optionsOf } from "./draft.ts";
import styles from "./forms.module.css";
import type { Draft } from "./useDraft.ts";

const OWN = "own";
const USUAL = ["name", "company", "phone"];

interface QuestionFieldsProps {
  question: FormQuestion;
  at: number;
  draft: Draft;
  onChange: (next: FormQuestion) => void;
}

/** One question, opened to be changed. */
export function QuestionFields({ question: one, at, draft, onChange }: QuestionFieldsProps) {
  const { t } = useLanguage();
  const wrong = (field: string) => draft.problems[`questions.${at}.${field}`];
  const option = Object.entries(draft.problems).find(([place]) =>
    place.startsWith(`questions.${at}.options`),
  )?.[1];
  // What is being typed may end in an empty line, which is no option yet.
  const [options, setOptions] = useState((one.options ?? []).join("\n"));
  const [own, setOwn] = useState(!!one.to && one.to !== "address" && !USUAL.includes(one.to));
  const to = own ? OWN : (one.to ?? "");
  function setTo(value: string) {
    setOwn(value === OWN);
    const { to: _, ...rest } = one;
    onChange(value === "" || value === OWN ? rest : { ...rest, to: value });
  }
  return (
    <div className={styles.questionFields}>
      <Field
        label={t("forms.q.label")}
        value={one.label}
        maxLength={200}
        error={wrong("label")}
        onChange={(event) => onChange({ ...one, label: event.target.value })}
      />
      <div className={styles.two}>
        <Select
          label={t("forms.q.kind")}
          value={one.kind}
          error={wrong("kind")}
          options={KINDS.map((kind) => ({ value: kind, label: t(`forms.kindOf.${kind}`) }))}
          onChange={(event) => {
            const next = ofKind(one, event.target.value, optionsOf(t("forms.preset.options")));
            setOptions((next.options ?? []).join("\n"));
            onChange(next);
          }}
        />
        {!isScale(one.kind) && (
          <Select
            label={t("forms.q.to")}
            value={to}
            error={wrong("to")}
            options={[
              { value: "", label: t("forms.q.to.none") },
              ...(one.kind === "email"
                ? [{ value: "address", label: t("forms.q.to.address") }]
                : []),
              { value: "name", label: t("forms.q.to.name") },
              { value: "company", label: t("forms.q.to.company") },
              { value: "phone", label: t("forms.q.to.phone") },
              { value: OWN, label: t("forms.q.to.own") },
            ]}
            onChange={(event) => setTo(event.target.value)}
          />
        )}
      </div>
      {own && (
        <Field
          label={t("forms.q.own")}
          value={one.to ?? ""}
          maxLength={80}
          onChange={(event) => onChange({ ...one, to: event.target.value })}
        />
      )}
      {hasOptions(one.kind) && (
        <TextField
          label={t("forms.q.options")}
          rows={Math.min(10, Math.max(3, (one.options?.length ?? 0) + 1))}
          value={options}
          error={option}
          onChange={(event) => {
            setOptions(event.target.value);
            onChange({ ...one, options: optionsOf(event.target.value) });
          }}
        />
      )}
      <Field
        label={t("forms.q.hint")}
        optional
        value={one.hint ?? ""}
        maxLength={200}
        error={wrong("hint")}
        onChange={(event) => onChange({ ...one, hint: event.target.value })}
      />
      <div className={styles.checks}>
        <Check
          label={t("forms.q.required")}
          on={one.required ?? false}
          onChange={(required) => onChange({ ...one, required })}
        />
        {isChoice(one.kind) && (
          <Check
            label={t("forms.q.counted")}
            hint={t("forms.q.counted.hint")}
            on={one.counted ?? false}
            onChange={(counted) => onChange({ ...one, counted })}
          />
        )}
      </div>
    </div>
  );
}
