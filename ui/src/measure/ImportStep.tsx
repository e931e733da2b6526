import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { ApiError, api, take } from "../api/client.ts";
import type { UploadReply } from "../api/types.ts";
import { useImport, useImportProgress } from "../api/useSources.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../kit/Button.tsx";
import { Card } from "../kit/Card.tsx";
import { Mark } from "../kit/Mark.tsx";
import { Notice } from "../kit/Notice.tsx";
import { useToast } from "../kit/Toast.tsx";
import { type Mapping, sourceIdOf, specOf } from "./mapping.ts";
import styles from "./measure.module.css";
import { ProblemList } from "./ProblemList.tsx";

interface ImportStepProps {
  ws: string;
  upload: UploadReply;
  mapping: Mapping;
  sheet: string;
  /** The file that comes after this one. */
  next: string | undefined;
  onBack: () => void;
  onDone: () => void;
}

/** Reads the file into the source: wholly, or not at all. */
export function ImportStep({ ws, upload, mapping, sheet, next, onBack, onDone }: ImportStepProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  const client = useQueryClient();
  const run = useImport(ws);
  const progress = useImportProgress(ws, upload.upload_id, run.isPending);
  const begun = useRef(false);
  const control = useRef(new AbortController());

  async function start() {
    control.current = new AbortController();
    // Asked anew each time: after a conflict the newest version is another one.
    const model = await client.fetchQuery({
      queryKey: ["model", ws, null],
      queryFn: () =>
        take(api.GET("/api/workspaces/{ws}/model", { params: { path: { ws }, query: {} } })),
      staleTime: 0,
    });
    run.mutate({
      id: upload.upload_id,
      sourceId: sourceIdOf(mapping),
      spec: specOf(mapping, upload.name, sheet),
      baseVersion: model.version,
      note: t("measure.import.note", { name: upload.name }),
      signal: control.current.signal,
    });
  }
  const startNow = useRef(start);
  useEffect(() => {
    // The button that led here was the decision; Strict Mode must not import twice.
    if (begun.current) return;
    begun.current = true;
    void startNow.current();
  }, []);

  // Of several files the next one follows by itself; what a new source needs is read first.
  const brought = run.data && next && !mapping.isNew ? run.data : null;
  const goOn = useRef(() => {});
  goOn.current = () => {
    if (!brought) return;
    say({ text: t("measure.import.onward", { name: upload.name, rows: f.count(brought.rows) }) });
    onDone();
  };
  useEffect(() => {
    if (brought) goOn.current();
  }, [brought]);
  if (brought) return null;
  if (run.data) {
    const { rows, days, first, last } = run.data;
    return (
      <Card className={styles.wait}>
        <div className={styles.title}>
          <Mark status="met" size={20} silent />
          <h2>{t("measure.import.done")}</h2>
        </div>
        <p>
          {t("measure.import.done.line", {
            rows: f.count(rows),
            days: f.count(days),
            first: first ? f.longDay(first) : "—",
            last: last ? f.longDay(last) : "—",
          })}
        </p>
        {mapping.isNew && <p className="quiet">{t("measure.import.connect")}</p>}
        <div className={styles.chips} style={{ marginTop: 16 }}>
          {next && (
            <Button kind="primary" onClick={onDone}>
              {t("measure.import.next", { name: next })}
            </Button>
          )}
          <Link
            to="/w/$ws/map"
            params={{ ws }}
            className={buttonClass(next ? "outline" : "primary")}
          >
            {t("measure.import.map")}
          </Link>
          {!next && <Button onClick={onDone}>{t("measure.import.more")}</Button>}
        </div>
      </Card>
    );
  }
  if (run.error) {
    const conflict = run.error instanceof ApiError && run.error.status === 409;
    return (
      <div className={styles.stack}>
        <Notice kind={conflict ? "warn" : "bad"}>
          {conflict ? (
            t("measure.import.conflict")
          ) : (
            <>
              <b>{t("measure.import.failed")}</b>
              <br />
              {run.error instanceof ApiError ? run.error.message : t("kit.failed.offline")}
            </>
          )}
        </Notice>
        {!conflict && (
          <>
            <ProblemList error={run.error} />
            <p className="quiet">{t("measure.import.failed.line")}</p>
          </>
        )}
        <div className={styles.foot}>
          {conflict ? (
            <Button kind="primary" onClick={() => void start()}>
              {t("measure.map.import")}
            </Button>
          ) : (
            <Button kind="primary" onClick={onBack}>
              {t("measure.back")}
            </Button>
          )}
          <Button onClick={onDone}>{t(conflict ? "measure.cancel" : "measure.sent.again")}</Button>
        </div>
      </div>
    );
  }
  const { bytes = 0, size = upload.size, rows = 0 } = progress.data ?? {};
  return (
    <div className={`${styles.wait} ${styles.tight}`}>
      <output>{t("measure.import.running")}</output>
      <div className={styles.progress} aria-hidden="true">
        <i style={{ width: `${size > 0 ? Math.max(4, (bytes / size) * 100) : 4}%` }} />
      </div>
      {rows > 0 && (
        <p className={`quiet ${styles.small}`}>
          {t("measure.import.rows", { rows: f.count(rows) })}
        </p>
      )}
      <div>
        <Button
          onClick={() => {
            control.current.abort();
            onBack();
          }}
        >
          {t("measure.cancel")}
        </Button>
      </div>
    </div>
  );
}
