import type { UploadPreview } from "../api/types.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../kit/Button.tsx";
import { Field, Select } from "../kit/Field.tsx";
import { columnRow, type Mapping, type MetricRow } from "./mapping.ts";
import styles from "./measure.module.css";

interface MetricRowsProps {
  preview: UploadPreview;
  mapping: Mapping;
  usedBy: { id: string; name: string }[];
  /** What people call the numbers a source asks for, by id. */
  labels: Record<string, string>;
  onChange: (metrics: MetricRow[]) => void;
}

/** One line per number: how it is counted and from which column. */
export function MetricRows({ preview, mapping, usedBy, labels, onChange }: MetricRowsProps) {
  const { t, f } = useLanguage();
  const { metrics } = mapping;
  const set = (at: number, change: Partial<MetricRow>) =>
    onChange(metrics.map((one, i) => (i === at ? { ...one, ...change } : one)));
  return (
    <section className={styles.tight} aria-labelledby="metric-rows">
      <h3 id="metric-rows">{t("measure.map.metrics")}</h3>
      {!mapping.isNew && usedBy.length > 0 && (
        <p className={`quiet ${styles.small}`}>
          {t("measure.map.used", { names: f.list(usedBy.map((one) => one.name)) })}
        </p>
      )}
      <div className={styles.rows}>
        {metrics.map((row, i) => (
          <MetricLine
            // biome-ignore lint/suspicious/noArrayIndexKey: the id is what is being typed
            key={i}
            row={row}
            name={(row.asked && labels[row.id]) || row.id || row.column}
            preview={preview}
            thing={mapping.row === "thing"}
            onChange={(change) => set(i, change)}
            onRemove={() => onChange(metrics.filter((_, j) => j !== i))}
          />
        ))}
      </div>
      <div>
        <Button
          small
          icon="plus"
          onClick={() =>
            onChange([
              ...metrics,
              { ...columnRow("", ""), how: mapping.row === "thing" ? "count" : "column" },
            ])
          }
        >
          {t("measure.map.add")}
        </Button>
      </div>
    </section>
  );
}

interface MetricLineProps {
  row: MetricRow;
  name: string;
  preview: UploadPreview;
  /** One row is one thing: there is something to count, and conditions make sense. */
  thing: boolean;
  onChange: (change: Partial<MetricRow>) => void;
  onRemove: () => void;
}

function MetricLine({ row, name, preview, thing, onChange, onRemove }: MetricLineProps) {
  const { t } = useLanguage();
  const columns = [
    { value: "", label: t("measure.map.column.none") },
    ...preview.header.map((name) => ({ value: name, label: name })),
  ];
  const hows = thing ? (["count", "sum", "distinct", "column"] as const) : (["column"] as const);
  return (
    <div className={styles.row}>
      <input
        type="checkbox"
        checked={row.on}
        aria-label={t("measure.map.take", { name })}
        onChange={(event) => onChange({ on: event.target.checked })}
      />
      {row.asked ? (
        <b className={styles.known}>{name}</b>
      ) : (
        <Field
          label={t("measure.map.metric.id")}
          value={row.id}
          spellCheck={false}
          disabled={!row.on}
          onChange={(event) => onChange({ id: event.target.value })}
        />
      )}
      {thing || row.how !== "column" ? (
        <Select
          label={t("measure.map.how")}
          value={row.how}
          disabled={!row.on}
          options={hows.map((how) => ({ value: how, label: t(`measure.map.how.${how}`) }))}
          onChange={(event) => onChange({ how: event.target.value as MetricRow["how"] })}
        />
      ) : (
        <Select
          label={t("measure.map.agg")}
          value={row.agg}
          disabled={!row.on}
          options={(["sum", "mean", "last", "max"] as const).map((agg) => ({
            value: agg,
            label: t(`measure.map.agg.${agg}`),
          }))}
          onChange={(event) => onChange({ agg: event.target.value as MetricRow["agg"] })}
        />
      )}
      {row.how === "count" ? (
        <span />
      ) : (
        <Select
          label={t("measure.map.column")}
          value={row.column}
          disabled={!row.on}
          options={columns}
          onChange={(event) => onChange({ column: event.target.value })}
        />
      )}
      {row.asked ? (
        <span />
      ) : (
        <IconButton
          icon="close"
          bare
          label={t("measure.map.remove", { name })}
          onClick={onRemove}
        />
      )}
      {row.on &&
        row.where.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no other identity while typed
          <div className={styles.where} key={i}>
            <Select
              label={t("measure.map.where.column")}
              value={one.column}
              options={[{ value: "", label: t("measure.map.choose") }, ...columns.slice(1)]}
              onChange={(event) =>
                onChange({ where: replaced(row.where, i, { column: event.target.value }) })
              }
            />
            <Field
              label={t("measure.map.where.values")}
              value={one.values}
              placeholder={t("measure.map.where.placeholder")}
              onChange={(event) =>
                onChange({ where: replaced(row.where, i, { values: event.target.value }) })
              }
            />
            <IconButton
              icon="close"
              bare
              label={t("measure.map.where.remove")}
              onClick={() => onChange({ where: row.where.filter((_, j) => j !== i) })}
            />
          </div>
        ))}
      {row.on && thing && (
        <div className={styles.extra}>
          <Button
            small
            kind="text"
            onClick={() => onChange({ where: [...row.where, { column: "", values: "" }] })}
          >
            {t("measure.map.where")}
          </Button>
        </div>
      )}
    </div>
  );
}

function replaced(
  where: MetricRow["where"],
  at: number,
  change: Partial<MetricRow["where"][number]>,
): MetricRow["where"] {
  return where.map((one, i) => (i === at ? { ...one, ...change } : one));
}
