import type { ConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { IconButton } from "../../kit/Button.tsx";
import type { Property } from "./condition.ts";
import styles from "./conditions.module.css";
import { Box, Choice, Count, Pick } from "./controls.tsx";
import {
  isAlone,
  isDays,
  isList,
  isNumber,
  operatorsFor,
  type ValueKind,
  withKey,
  withOperator,
} from "./operators.ts";
import { Sentence, slots } from "./Sentence.tsx";

const MOST_VALUES = 10;

interface PropertyWordsProps {
  property: Property;
  /** Which properties there are to choose from. */
  keys: ConditionChoices["properties"];
  owners: ConditionChoices["owners"];
  /** "where" is about what was done instead of about the person. */
  line?: "property" | "where";
  onChange: (property: Property) => void;
}

/** A property and how it compares; the comparisons are those that suit its values. */
export function PropertyWords({
  property,
  keys,
  owners,
  line = "property",
  onChange,
}: PropertyWordsProps) {
  const { t } = useLanguage();
  const known = keys.find((one) => one.key === property.key);
  const kindOfKey = (key: string): ValueKind => keys.find((one) => one.key === key)?.kind ?? "text";
  // What events came with may be numbers as well: nobody has told which.
  const kinds =
    line === "where" ? whereOperators : operatorsFor(known?.kind ?? "text", property.op);
  return (
    <Sentence
      text={t(`conditions.row.${line}`, slots("key", "values", "op"))}
      parts={{
        key: (
          <Pick
            label={t("conditions.field.key")}
            value={property.key}
            writable
            options={keys.map((one) => ({ value: one.key, label: one.label }))}
            onChange={(key) => onChange(withKey(property, key, kindOfKey(key)))}
          />
        ),
        values: isAlone(property.op) ? null : (
          <Values
            property={property}
            kind={known?.kind ?? "text"}
            seen={known?.values ?? []}
            owners={owners}
            onChange={(values) => onChange({ ...property, values })}
          />
        ),
        op: (
          <Choice
            label={t("conditions.field.op")}
            value={property.op}
            options={kinds.map((op) => ({ value: op, label: t(`conditions.op.${op}`) }))}
            onChange={(op) => onChange(withOperator(property, op))}
          />
        ),
      }}
    />
  );
}

const whereOperators = operatorsFor("text", "is").concat("at-least", "at-most", "above", "below");

interface ValuesProps {
  property: Property;
  kind: ValueKind;
  seen: string[];
  owners: ConditionChoices["owners"];
  onChange: (values: string[]) => void;
}

function Values({ property, kind, seen, owners, onChange }: ValuesProps) {
  const { t } = useLanguage();
  const label = t("conditions.field.value");
  const values = property.values ?? [];
  const first = values[0] ?? "";
  if (isDays(property.op))
    return (
      <Count
        label={t("conditions.field.days")}
        value={Number(first) || 1}
        least={1}
        most={1100}
        onChange={(days) => onChange([String(days)])}
      />
    );
  if (isNumber(property.op))
    return (
      <Box
        label={label}
        numeric
        value={first}
        placeholder="100"
        onChange={(text) => onChange([text.normalize("NFKC").replaceAll(",", "")])}
      />
    );
  if (kind === "truth" && isList(property.op))
    return (
      <Pick
        label={label}
        value={first}
        options={[
          { value: "true", label: t("conditions.true") },
          { value: "false", label: t("conditions.false") },
        ]}
        onChange={(value) => onChange([value])}
      />
    );
  if (property.key === "owner" && owners.length > 0)
    return (
      <Pick
        label={label}
        value={first}
        options={owners.map((one) => ({ value: one.id, label: one.name }))}
        onChange={(value) => onChange([value])}
      />
    );
  const shown = values.length > 0 ? values : [""];
  return (
    <>
      {shown.map((value, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: values may be the same for a moment, and are controlled
        <span key={i} className={styles.value}>
          {i > 0 && <span className={styles.words}>{t("conditions.or")}</span>}
          <Box
            label={label}
            value={value}
            suggestions={seen}
            onChange={(text) =>
              onChange(text === "" && i > 0 ? shown.toSpliced(i, 1) : shown.with(i, text))
            }
          />
        </span>
      ))}
      {shown.length < MOST_VALUES && shown.at(-1) !== "" && (
        <IconButton
          icon="plus"
          bare
          label={t("conditions.addValue")}
          onClick={() => onChange([...shown, ""])}
        />
      )}
    </>
  );
}
