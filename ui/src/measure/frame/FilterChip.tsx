import type { FilterView } from "../../api/types.ts";
import { useValues, type ValueField } from "../../api/useReports.ts";
import type { Day } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Icon } from "../../kit/Icon.tsx";
import styles from "./frame.module.css";

interface FilterChipProps {
  ws: string;
  /** In which the values' names are looked for. */
  days: { from: Day; to: Day };
  filter: FilterView;
  onRemove: () => void;
}

/** One condition, to be taken away. */
export function FilterChip({ ws, days, filter, onRemove }: FilterChipProps) {
  const { t } = useLanguage();
  const words = useFilterWords(ws, days, filter);
  return (
    <span className={styles.chosen}>
      <span title={words}>{words}</span>
      <button
        type="button"
        aria-label={t("report.filter.remove", { name: words })}
        onClick={onRemove}
      >
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}

/** A condition in words; the values named as in the reports. */
function useFilterWords(
  ws: string,
  days: FilterChipProps["days"],
  { field, property, op, values }: FilterView,
): string {
  const { t, f, lang } = useLanguage();
  // Values of other fields, and of empty ones, are their own names.
  const named = ["channel", "source", "device", "event"].includes(field) || values.includes("");
  const known = useValues(ws, { lang, ...days }, field as ValueField, "", named && field !== "key");
  const label = (value: string) =>
    known.data?.values.find((one) => one.value === value)?.label ?? value;
  return t(`report.op.${op}`, {
    field: property || t(`report.field.${field}`),
    values: f.list(op === "is" || op === "not" ? values.map(label) : values),
  });
}
