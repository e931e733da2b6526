import type { UploadPreview, UploadReply } from "../api/types.ts";
import { usePreviewSheet } from "../api/useSources.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Card } from "../kit/Card.tsx";
import { Choices } from "../kit/Choices.tsx";
import { classes } from "../kit/classes.ts";
import { Select } from "../kit/Field.tsx";
import { Notice } from "../kit/Notice.tsx";
import { type Mapping, questionsOf } from "./mapping.ts";
import styles from "./measure.module.css";

interface PreviewStepProps {
  ws: string;
  upload: UploadReply;
  mapping: Mapping;
  sheet: string;
  onMapping: (mapping: Mapping) => void;
  onSheet: (reply: UploadReply, sheet: string) => void;
  onNext: () => void;
  onClose: () => void;
}

/** The head of the file as it was understood, and what must be asked about it. */
export function PreviewStep(props: PreviewStepProps) {
  const { ws, upload, mapping, sheet, onMapping, onSheet, onNext, onClose } = props;
  const { preview } = upload;
  const { t } = useLanguage();
  const other = usePreviewSheet(ws);
  const asked = questionsOf(preview, mapping);
  const { platform } = preview;
  const closed = platform !== null && !platform.daily;
  const bare = preview.rows.length === 0 && !closed;
  const open = (asked.number && !mapping.number) || (asked.date && !mapping.dateOrder);
  return (
    <div className={styles.stack}>
      <div>
        <h2>{t("measure.read.title")}</h2>
        <p className="quiet">
          {upload.name} — {preview.format} —{" "}
          {t("measure.read.found", {
            line: preview.header_line,
            columns: preview.columns.length,
          })}
        </p>
      </div>
      {platform && (
        <Notice kind="info">
          <b>{platform.note}</b>
          {platform.posts && <> {t("measure.read.posts")}</>}
          {platform.warnings.length > 0 && (
            <ul className={styles.notes}>
              {platform.warnings.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      {preview.sheets.length > 1 && (
        <div className={styles.wait}>
          <Select
            label={t(preview.file.kind === "xlsx" ? "measure.read.sheet" : "measure.read.which")}
            value={sheet || preview.sheet || preview.sheets[0]}
            disabled={other.isPending}
            options={preview.sheets.map((name) => ({
              value: name,
              label: tableLabel(name, preview, t("measure.read.abreast")),
            }))}
            error={other.error?.message}
            onChange={(event) => {
              const chosen = event.target.value;
              other.mutate(
                { id: upload.upload_id, sheet: chosen },
                { onSuccess: (reply) => onSheet(reply, chosen) },
              );
            }}
          />
        </div>
      )}
      <Questions preview={preview} mapping={mapping} onMapping={onMapping} />
      {bare && <Notice kind="bad">{t("measure.read.bare")}</Notice>}
      {!preview.date_column && !closed && !bare && (
        <Notice kind="warn">{t("measure.read.noDate")}</Notice>
      )}
      <PreviewTable name={upload.name} preview={preview} date={mapping.date} />
      <div className={styles.foot}>
        <Button kind="primary" disabled={Boolean(open) || closed || bare} onClick={onNext}>
          {t("measure.next")}
        </Button>
        <Button onClick={onClose}>{t("measure.cancel")}</Button>
        {closed && <span className="quiet">{t("measure.read.closed")}</span>}
        {open && (
          <span className="quiet">
            {t(asked.number ? "measure.gap.number" : "measure.gap.dateOrder")}
          </span>
        )}
      </div>
    </div>
  );
}

/** What a table is called, and what it is where that is known. */
function tableLabel(name: string, preview: UploadPreview, abreast: string): string {
  const known = preview.platform?.tables.find((one) => one.sheet === name)?.name;
  const shown = name === "*" || name.endsWith("/*") ? abreast : name;
  return known ? `${shown} — ${known}` : shown;
}

interface QuestionsProps {
  preview: UploadPreview;
  mapping: Mapping;
  onMapping: (mapping: Mapping) => void;
  /** Settled on a step before: not asked again. */
  answered?: { number: boolean; date: boolean };
}

/** Numbers and dates that can be read two ways are asked about, with both readings. */
export function Questions({ preview, mapping, onMapping, answered }: QuestionsProps) {
  const { t, f } = useLanguage();
  const { number, date } = questionsOf(preview, mapping);
  return (
    <>
      {number && !answered?.number && (
        <Card className={styles.question}>
          <h3>{t("measure.ask.number", { example: number.example })}</h3>
          <p className="quiet" style={{ marginBottom: 12 }}>
            {t("measure.ask.number.line", { columns: f.list(number.columns) })}
          </p>
          <Choices
            legend={t("measure.ask.number", { example: number.example })}
            silentLegend
            least={220}
            value={mapping.number || null}
            options={[
              {
                value: "1.234,5" as const,
                title: number.comma,
                line: t("measure.ask.number.comma"),
              },
              { value: "1,234.5" as const, title: number.dot, line: t("measure.ask.number.dot") },
            ]}
            onChange={(answer) => onMapping({ ...mapping, number: answer })}
          />
        </Card>
      )}
      {date && !answered?.date && (
        <Card className={styles.question}>
          <h3>{t("measure.ask.date", { example: date.example })}</h3>
          <p className="quiet" style={{ marginBottom: 12 }}>
            {t("measure.ask.date.line")}
          </p>
          <Choices
            legend={t("measure.ask.date", { example: date.example })}
            silentLegend
            least={220}
            value={mapping.dateOrder || null}
            options={[
              { value: "dmy" as const, title: date.dmy, line: t("measure.ask.date.dmy") },
              { value: "mdy" as const, title: date.mdy, line: t("measure.ask.date.mdy") },
            ]}
            onChange={(answer) => onMapping({ ...mapping, dateOrder: answer })}
          />
        </Card>
      )}
    </>
  );
}

interface PreviewTableProps {
  name: string;
  preview: UploadPreview;
  date: string;
}

/** The first rows, each column with what it holds. */
export function PreviewTable({ name, preview, date }: PreviewTableProps) {
  const { t } = useLanguage();
  const { columns, rows } = preview;
  const caption = t("measure.read.table", { name, rows: rows.length });
  const look = (at: number) => {
    const column = columns[at];
    if (!column) return undefined;
    return classes(
      column.name === date && styles.date,
      (column.ambiguous || column.day_month) && styles.doubt,
      column.kind === "number" && styles.number,
    );
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table that scrolls must be a named region to reach it
    <div
      className={styles.table}
      role="region"
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling table must be reachable by keyboard
      tabIndex={0}
    >
      <table>
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={column.name} scope="col" className={look(i)}>
                {column.name}
                <small>
                  {column.ambiguous || column.day_month
                    ? t("measure.kind.doubt")
                    : column.name === date
                      ? t("measure.read.dateColumn")
                      : t(`measure.kind.${column.kind}`)}
                </small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of a file is its place
            <tr key={r}>
              {columns.map((column, i) => (
                <td key={column.name} className={look(i)}>
                  {row[i]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
