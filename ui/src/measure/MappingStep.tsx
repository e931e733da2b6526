import { useState } from "react";
import type { Source, UploadReply } from "../api/types.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Choices } from "../kit/Choices.tsx";
import { Field, Select } from "../kit/Field.tsx";
import { Notice } from "../kit/Notice.tsx";
import { MetricRows } from "./MetricRows.tsx";
import {
  fitOf,
  forSource,
  gapsOf,
  isProposal,
  type Mapping,
  questionsOf,
  readAs,
  sourceIdOf,
  startNew,
} from "./mapping.ts";
import styles from "./measure.module.css";
import { Questions } from "./PreviewStep.tsx";
import { UnfoundList } from "./UnfoundList.tsx";
import { unfoundIn, waitingOf } from "./unfound.ts";

const NEW = "\u0000new";

interface MappingStepProps {
  upload: UploadReply;
  sources: Source[];
  mapping: Mapping;
  onMapping: (mapping: Mapping) => void;
  onBack: () => void;
  onImport: () => void;
  /** What the way on is called; importing, where nothing is said. */
  next?: string;
}

/** Which source the file belongs to, and which of its columns is which number. */
export function MappingStep(props: MappingStepProps) {
  const { upload, sources, mapping, onMapping, onBack, onImport } = props;
  const { preview } = upload;
  const { t, f } = useLanguage();
  // What was answered on the step before is not asked again here.
  const [answered] = useState({ number: mapping.number !== "", date: mapping.dateOrder !== "" });
  const set = (change: Partial<Mapping>) => onMapping({ ...mapping, ...change });
  const gaps = gapsOf(mapping, questionsOf(preview, mapping));
  const unfound = unfoundIn(preview, mapping);
  if (unfound.some((one) => one.what === "where")) gaps.push("where");
  // Where days without a row are zero, a number that is not there would be zero, too.
  const whole = !mapping.isNew && mapping.gaps === "zero";
  if (whole && unfound.some((one) => one.what === "number")) gaps.push("whole");
  // Nothing of the table fits what the map waits for: which of it the table is, only people know.
  const strange = mapping.isNew && !isProposal(preview) && waitingOf(sources).length > 0;
  const suggested = preview.suggestion?.existing ? preview.suggestion.source_id : null;
  const source = sources.find((one) => one.id === mapping.sourceId);
  const texts = preview.columns.filter((one) => one.kind === "text" && one.name !== mapping.date);
  function fitWords(one: Source): string {
    const { found, of } = fitOf(preview, one);
    if (one.id === suggested || (found === of && of > 0)) return t("measure.map.source.suggested");
    if (found > 0) return t("measure.map.source.fit", { of, found });
    return f.list(one.used_by.map((used) => used.name)) || one.id;
  }
  function chooseSource(id: string) {
    const known = sources.find((one) => one.id === id);
    const keep = { number: mapping.number, dateOrder: mapping.dateOrder };
    const next = known
      ? forSource(preview, known)
      : startNew(preview, sources, upload.name, t("measure.map.counted"));
    onMapping({
      ...next,
      number: next.number || keep.number,
      dateOrder: next.dateOrder || keep.dateOrder,
    });
  }
  return (
    <div className={styles.stack}>
      <h2>{t("measure.map.title")}</h2>
      {strange && (
        <Notice kind="info">
          <b>{t("measure.map.strange")}</b>
          <br />
          {t("measure.map.strange.line")}
        </Notice>
      )}
      {sources.length > 0 && (
        <Choices
          legend={t("measure.map.source")}
          least={220}
          value={mapping.isNew ? NEW : mapping.sourceId}
          options={[
            ...sources.map((one) => ({
              value: one.id,
              title: one.path || one.id,
              line: fitWords(one),
            })),
            {
              value: NEW,
              title: t("measure.map.source.new"),
              line: t("measure.map.source.new.line"),
            },
          ]}
          onChange={chooseSource}
        />
      )}
      <div className={styles.pair}>
        {mapping.isNew && (
          <Field
            label={t("measure.map.id")}
            value={mapping.sourceId}
            spellCheck={false}
            hint={t("measure.map.id.hint", { id: sourceIdOf(mapping) })}
            error={gaps.includes("source") ? t("measure.gap.source") : undefined}
            onChange={(event) => set({ sourceId: event.target.value })}
          />
        )}
        <Select
          label={t("measure.map.date")}
          value={preview.header.includes(mapping.date) ? mapping.date : ""}
          options={[
            { value: "", label: t("measure.map.choose") },
            ...preview.header.map((name) => ({ value: name, label: name })),
          ]}
          onChange={(event) => set({ date: event.target.value })}
        />
        <Select
          label={t("measure.map.gaps")}
          value={mapping.gaps}
          options={(["missing", "zero"] as const).map((gap) => ({
            value: gap,
            label: t(`measure.map.gaps.${gap}`),
          }))}
          onChange={(event) => set({ gaps: event.target.value as Mapping["gaps"] })}
        />
      </div>
      {mapping.isNew && (
        <Choices
          legend={t("measure.map.row")}
          least={220}
          value={mapping.row}
          options={(["day", "thing"] as const).map((row) => ({
            value: row,
            title: t(`measure.map.row.${row}`),
            line: t(`measure.map.row.${row}.line`),
          }))}
          onChange={(row) => onMapping(readAs(mapping, row, t("measure.map.counted")))}
        />
      )}
      <Questions preview={preview} mapping={mapping} onMapping={onMapping} answered={answered} />
      <UnfoundList
        preview={preview}
        mapping={mapping}
        labels={source?.labels ?? {}}
        onMapping={onMapping}
      />
      <MetricRows
        preview={preview}
        mapping={mapping}
        usedBy={source?.used_by ?? []}
        labels={source?.labels ?? {}}
        onChange={(metrics) => set({ metrics })}
      />
      {texts.length > 0 && (
        <fieldset style={{ border: 0 }}>
          <legend className={styles.label}>
            <b>{t("measure.map.by")}</b> {t("measure.map.by.line")}
          </legend>
          <div className={styles.chips} style={{ gap: 16, marginTop: 4 }}>
            {texts.map((column) => (
              <label key={column.name} className={styles.check}>
                <input
                  type="checkbox"
                  checked={mapping.by.includes(column.name)}
                  onChange={(event) =>
                    set({
                      by: event.target.checked
                        ? [...mapping.by, column.name]
                        : mapping.by.filter((one) => one !== column.name),
                    })
                  }
                />
                {column.name}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <div className={styles.foot}>
        <Button kind="primary" disabled={gaps.length > 0} onClick={onImport}>
          {props.next ?? t("measure.map.import")}
        </Button>
        <Button onClick={onBack}>{t("measure.back")}</Button>
        {gaps[0] && <span className="quiet">{t(`measure.gap.${gaps[0]}`)}</span>}
      </div>
    </div>
  );
}
