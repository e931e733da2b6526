import { useState } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Field, Select } from "../../kit/Field.tsx";

const KNOWN = ["recruiting", "revenue", "branding"] as const;
const OWN = "own";

/** The management goal a KGI is tied to: one of the usual ones, or the team's own words. */
export function ServesField({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useLanguage();
  const known = value === "" || (KNOWN as readonly string[]).includes(value);
  const [own, setOwn] = useState(!known);
  return (
    <div style={{ display: "grid", gap: 8 }}>
      <Select
        label={t("edit.serves")}
        value={own ? OWN : value}
        options={[
          { value: "", label: t("edit.serves.none") },
          ...KNOWN.map((key) => ({ value: key, label: t(`goal.${key}`) })),
          { value: OWN, label: t("edit.serves.own") },
        ]}
        onChange={(event) => {
          const chosen = event.target.value;
          setOwn(chosen === OWN);
          onChange(chosen === OWN ? "" : chosen);
        }}
      />
      {own && (
        <Field
          label={t("edit.serves.ownLabel")}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </div>
  );
}
