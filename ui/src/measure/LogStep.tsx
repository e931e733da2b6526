import { useState } from "react";
import type { UploadReply } from "../api/types.ts";
import { useBackfill } from "../api/useSources.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Card } from "../kit/Card.tsx";
import { Field } from "../kit/Field.tsx";
import { Mark } from "../kit/Mark.tsx";
import { Notice } from "../kit/Notice.tsx";
import styles from "./measure.module.css";

interface LogStepProps {
  ws: string;
  upload: UploadReply;
  onDone: () => void;
}

/** A web server's log has no columns: all it takes is the name of the site. */
export function LogStep({ ws, upload, onDone }: LogStepProps) {
  const { t, f } = useLanguage();
  const [host, setHost] = useState("");
  const run = useBackfill(ws);
  const platform = upload.preview.platform;
  if (run.data) {
    const { views, robots, skipped, first, last } = run.data;
    return (
      <Card className={styles.wait}>
        <div className={styles.title}>
          <Mark status="met" size={20} silent />
          <h2>{t("measure.log.done")}</h2>
        </div>
        <p>
          {t("measure.log.done.line", {
            views: f.count(views),
            robots: f.count(robots),
            skipped: f.count(skipped),
            first: first ? f.longDay(first) : "—",
            last: last ? f.longDay(last) : "—",
          })}
        </p>
        <div className={styles.chips} style={{ marginTop: 16 }}>
          <Button kind="primary" onClick={onDone}>
            {t("measure.import.more")}
          </Button>
        </div>
      </Card>
    );
  }
  return (
    <div className={styles.stack}>
      <div>
        <h2>{t("measure.log.title")}</h2>
        <p className="quiet">{upload.name}</p>
      </div>
      {platform && (
        <Notice kind="info">
          <b>{platform.note}</b>
          <ul className={styles.notes}>
            {platform.warnings.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Notice>
      )}
      <div className={styles.wait}>
        <Field
          label={t("measure.log.host")}
          value={host}
          placeholder="example.jp"
          spellCheck={false}
          hint={t("measure.log.host.hint")}
          onChange={(event) => setHost(event.target.value)}
        />
      </div>
      {run.error && <Notice kind="bad">{run.error.message}</Notice>}
      <div className={styles.foot}>
        <Button
          kind="primary"
          disabled={host.trim() === "" || run.isPending}
          onClick={() => run.mutate({ id: upload.upload_id, host: host.trim() })}
        >
          {t("measure.log.do")}
        </Button>
        <Button onClick={onDone}>{t("measure.cancel")}</Button>
      </div>
    </div>
  );
}
