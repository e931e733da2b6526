import { useState } from "react";
import type { Template } from "../../api/types.ts";
import { ACCEPT } from "../../frame/handover.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { DropZone } from "../../kit/DropZone.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./start.module.css";

/** Where the first numbers come from. */
export type Numbers = "sample" | "upload" | "connect" | "later";

interface NumbersStepProps {
  template: Template | null;
  busy: boolean;
  error: string | null;
  onBack: () => void;
  onCreate: (numbers: Numbers, files: File[]) => void;
}

/** Sample numbers, an own file, or later; then the map is made. */
export function NumbersStep({ template, busy, error, onBack, onCreate }: NumbersStepProps) {
  const { t, f } = useLanguage();
  const [numbers, setNumbers] = useState<Numbers>(template ? "sample" : "upload");
  const [files, setFiles] = useState<File[]>([]);
  const offers: Numbers[] = template
    ? ["sample", "upload", "connect", "later"]
    : ["upload", "connect", "later"];
  return (
    <div className={`${styles.stack} ${styles.narrow}`} style={{ gap: 24, margin: "0 auto" }}>
      <h2>{t("start.numbers")}</h2>
      <Choices
        legend={t("start.numbers")}
        silentLegend
        least={220}
        value={numbers}
        options={offers.map((offer) => ({
          value: offer,
          title: t(`start.numbers.${offer}`),
          line: t(`start.numbers.${offer}.line`),
        }))}
        onChange={setNumbers}
      />
      {numbers === "upload" &&
        (files.length > 0 ? (
          <Notice
            kind="info"
            actions={
              <Button small onClick={() => setFiles([])}>
                {t("start.file.other")}
              </Button>
            }
          >
            {t("start.file.chosen", { names: f.list(files.map((file) => file.name)) })}
          </Notice>
        ) : (
          <DropZone
            title={t("measure.drop")}
            button={t("measure.drop.button")}
            line={t("measure.drop.line")}
            accept={ACCEPT}
            many
            onFiles={setFiles}
          />
        ))}
      {numbers !== "sample" && template && template.sources.length > 0 && (
        <Card>
          <h3>{t("start.numbers.asks")}</h3>
          <p className={`quiet ${styles.small}`} style={{ marginBottom: 8 }}>
            {t("start.numbers.asks.line")}
          </p>
          <ul className={styles.files}>
            {template.sources.map((source) => (
              <li key={source.id}>
                <b>{source.name}</b>
                <span>{f.list(source.columns)}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {error && <Notice kind="bad">{error}</Notice>}
      <div className={styles.foot} style={{ marginTop: 0 }}>
        <Button kind="primary" disabled={busy} onClick={() => onCreate(numbers, files)}>
          {t(busy ? "start.creating" : "start.create")}
        </Button>
        <Button disabled={busy} onClick={onBack}>
          {t("start.back")}
        </Button>
      </div>
    </div>
  );
}
