import type { Source, UploadReply } from "../api/types.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { type Mapping, metricOf } from "./mapping.ts";
import styles from "./measure.module.css";
import { metricWords } from "./metricWords.ts";

interface KnownStepProps {
  upload: UploadReply;
  source: Source;
  mapping: Mapping;
  onImport: () => void;
  /** Looks at the rows and chooses the columns by hand. */
  onChange: () => void;
  onClose: () => void;
}

/** A file that answers every question by itself: which of its columns becomes what, and one button. */
export function KnownStep(props: KnownStepProps) {
  const { upload, source, mapping, onImport, onChange, onClose } = props;
  const { t, f } = useLanguage();
  return (
    <section className={styles.stack} aria-label={upload.name}>
      <div>
        <h2>{t("measure.known.title")}</h2>
        <p className="quiet">
          {upload.name} — {upload.preview.format}
        </p>
      </div>
      <dl className={styles.ready}>
        <div>
          <dt>{t("measure.read.dateColumn")}</dt>
          <dd>{mapping.date}</dd>
        </div>
        {mapping.metrics.map((row) => (
          <div key={row.id}>
            <dt>{source.labels[row.id] ?? row.id}</dt>
            <dd>{metricWords(t, f, row.id, metricOf(row))}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.foot}>
        <Button kind="primary" onClick={onImport}>
          {t("measure.map.import")}
        </Button>
        <Button onClick={onChange}>{t("measure.known.change")}</Button>
        <Button kind="quiet" onClick={onClose}>
          {t("measure.cancel")}
        </Button>
      </div>
    </section>
  );
}
