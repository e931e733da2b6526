import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Source } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./edit.module.css";
import { type MeasureForm, metricOptions, readMeasure } from "./measureText.ts";

interface MeasureBoxProps {
  ws: string;
  value: string;
  onChange: (measure: string) => void;
  sources: Source[];
  problem: string | undefined;
}

/** Where a measured number comes from: one metric, one over another, or written by hand. */
export function MeasureBox({ ws, value, onChange, sources, problem }: MeasureBoxProps) {
  const { t } = useLanguage();
  const options = metricOptions(sources);
  const read = readMeasure(value);
  const [how, setHow] = useState<MeasureForm["how"]>(read.how);
  const [top, setTop] = useState(read.how === "ratio" ? read.top : "");
  const [bottom, setBottom] = useState(read.how === "ratio" ? read.bottom : "");
  const lists = [{ value: "", label: t("edit.measure.choose") }, ...options];

  function ratio(nextTop: string, nextBottom: string) {
    setTop(nextTop);
    setBottom(nextBottom);
    onChange(nextTop && nextBottom ? `${nextTop} / ${nextBottom}` : "");
  }

  if (options.length === 0 && how !== "hand" && !value)
    return (
      <Notice
        kind="info"
        actions={
          <Link to="/w/$ws/measure/data" params={{ ws }} className={buttonClass("outline", true)}>
            {t("edit.measure.upload")}
          </Link>
        }
      >
        {t("edit.measure.none")}
      </Notice>
    );
  return (
    <div className={styles.stack} style={{ gap: 12 }}>
      <Choices
        legend={t("edit.measure.how")}
        least={130}
        value={how}
        options={(["one", "ratio", "hand"] as const).map((key) => ({
          value: key,
          title: t(`edit.measure.${key}`),
        }))}
        onChange={(next) => {
          setHow(next);
          if (next === "one" && read.how !== "one") onChange("");
          if (next === "ratio") ratio(top || (read.how === "one" ? read.metric : ""), bottom);
        }}
      />
      {how === "one" && (
        <Select
          label={t("edit.measure.metric")}
          value={value}
          options={withUnknown(lists, value)}
          error={problem}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {how === "ratio" && (
        <>
          <div className={styles.pair}>
            <Select
              label={t("edit.measure.top")}
              value={top}
              options={withUnknown(lists, top)}
              error={problem}
              onChange={(event) => ratio(event.target.value, bottom)}
            />
            <Select
              label={t("edit.measure.bottom")}
              value={bottom}
              options={withUnknown(lists, bottom)}
              onChange={(event) => ratio(top, event.target.value)}
            />
          </div>
          <p className={`quiet ${styles.small}`}>{t("edit.measure.ratio.line")}</p>
        </>
      )}
      {how === "hand" && (
        <Field
          label={t("edit.measure.byHand")}
          value={value}
          spellCheck={false}
          hint={t("edit.measure.byHand.hint")}
          error={problem}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </div>
  );
}

/** A metric the sources no longer have stays visible in its list. */
function withUnknown(options: { value: string; label: string }[], value: string) {
  return value && !options.some((one) => one.value === value)
    ? [...options, { value, label: value }]
    : options;
}
