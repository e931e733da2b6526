import type { UploadPreview } from "../api/types.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Card } from "../kit/Card.tsx";
import type { Mapping } from "./mapping.ts";
import styles from "./measure.module.css";
import { settled, type Unfound, unfoundIn } from "./unfound.ts";

interface UnfoundListProps {
  preview: UploadPreview;
  mapping: Mapping;
  /** What people call the numbers a source asks for, by id. */
  labels: Record<string, string>;
  onMapping: (mapping: Mapping) => void;
}

/** What was not understood, why, and the columns it may be: one press each. */
export function UnfoundList({ preview, mapping, labels, onMapping }: UnfoundListProps) {
  const { t, f } = useLanguage();
  const list = unfoundIn(preview, mapping);
  const whole = !mapping.isNew && mapping.gaps === "zero";
  if (list.length === 0) return null;
  function title(one: Unfound): string {
    if (one.what === "date") return t("measure.unfound.date");
    if (one.what === "number")
      return t("measure.unfound.number", { name: labels[one.id] ?? one.id });
    return t("measure.unfound.where", { column: one.column });
  }
  function line(one: Unfound): string {
    if (one.what === "date") return t("measure.unfound.date.line");
    if (one.what === "number")
      return t(whole ? "measure.unfound.number.whole" : "measure.unfound.number.line");
    const { id } = mapping.metrics[one.row] ?? { id: "" };
    return t("measure.unfound.where.line", {
      name: labels[id] ?? id,
      values: f.list(one.values),
    });
  }
  return (
    <>
      {list.map((one) => (
        <Card
          key={title(one)}
          role="group"
          aria-label={title(one)}
          className={`${styles.question} ${styles.tight}`}
        >
          <h3>{title(one)}</h3>
          <p className="quiet">{line(one)}</p>
          <div className={styles.offers}>
            {one.candidates.map(({ column, samples }) => (
              <button
                type="button"
                key={column}
                className={styles.offer}
                onClick={() => onMapping(settled(mapping, one, column))}
              >
                <b>{column}</b>
                <span className={styles.samples}>{f.facts(samples)}</span>
              </button>
            ))}
            {one.what === "where" && (
              <button
                type="button"
                className={styles.offer}
                onClick={() => onMapping(settled(mapping, one, ""))}
              >
                <b>{t("measure.unfound.where.all")}</b>
              </button>
            )}
          </div>
          {one.candidates.length === 0 && <p>{t(`measure.unfound.${one.what}.none`)}</p>}
        </Card>
      ))}
    </>
  );
}
