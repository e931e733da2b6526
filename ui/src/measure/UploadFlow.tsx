import { useEffect, useRef, useState } from "react";
import { ApiError } from "../api/client.ts";
import type { Source, UploadReply } from "../api/types.ts";
import { stageFile } from "../api/useSources.ts";
import { ACCEPT } from "../frame/handover.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { DropZone } from "../kit/DropZone.tsx";
import { Notice } from "../kit/Notice.tsx";
import { Steps } from "../kit/Steps.tsx";
import { useFocusOnChange } from "../kit/useFocusOnChange.ts";
import { ImportStep } from "./ImportStep.tsx";
import { KnownStep } from "./KnownStep.tsx";
import { LogStep } from "./LogStep.tsx";
import { MappingStep } from "./MappingStep.tsx";
import { firstMapping, isKnown, type Mapping, tableOf } from "./mapping.ts";
import styles from "./measure.module.css";
import { PreviewStep } from "./PreviewStep.tsx";
import { ProblemList } from "./ProblemList.tsx";

interface UploadFlowProps {
  ws: string;
  file: File;
  sources: Source[];
  /** The file that comes after this one. */
  next: string | undefined;
  /** Another one in its place. */
  onFile: (file: File) => void;
  onClose: () => void;
}

type Stage = "sending" | "known" | "read" | "map" | "import";

/** From a file to numbers on the map, in three steps; nothing is imported before the last. */
export function UploadFlow({ ws, file, sources, next, onFile, onClose }: UploadFlowProps) {
  const { t, f, lang } = useLanguage();
  const [stage, setStage] = useState<Stage>("sending");
  const [sent, setSent] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [upload, setUpload] = useState<UploadReply | null>(null);
  const [mapping, setMapping] = useState<Mapping | null>(null);
  const [sheet, setSheet] = useState("");
  const counted = t("measure.map.counted");
  const known = useRef(sources);
  known.current = sources;

  useEffect(() => {
    const control = new AbortController();
    stageFile(ws, lang, file, setSent, control.signal).then(
      (reply) => {
        setUpload(reply);
        const first = firstMapping(reply.preview, known.current, file.name, counted);
        setMapping(first);
        setStage(isKnown(reply.preview, first) ? "known" : "read");
      },
      (problem) => {
        if (!control.signal.aborted) setError(problem);
      },
    );
    return () => control.abort();
  }, [ws, lang, file, counted]);

  const isLog = upload?.preview.platform?.id === "access_log";
  const at = { sending: 0, known: 2, read: 1, map: 2, import: 3 }[stage];
  const source = sources.find((one) => one.id === mapping?.sourceId);
  const place = useFocusOnChange<HTMLDivElement>(stage);
  return (
    <div className={styles.stack} ref={place} tabIndex={-1}>
      <div className={styles.title}>
        <Steps
          label={t("measure.steps")}
          current={at}
          steps={[t("measure.step.file"), t("measure.step.read"), t("measure.step.map")]}
          onBack={
            stage === "map" || stage === "known"
              ? (step) => (step === 0 ? onClose() : setStage("read"))
              : undefined
          }
        />
      </div>
      {stage === "sending" && error === null && (
        <div className={`${styles.wait} ${styles.tight}`}>
          <output>
            {sent < 1
              ? t("measure.sending", { name: file.name, percent: f.percent(sent) })
              : t("measure.looking")}
          </output>
          <div className={styles.progress} aria-hidden="true">
            <i style={{ width: `${sent * 100}%` }} />
          </div>
          <div>
            <Button onClick={onClose}>{t("measure.cancel")}</Button>
          </div>
        </div>
      )}
      {error !== null && (
        <div className={styles.stack}>
          <Notice kind="bad">
            <b>{t("measure.sent.failed")}</b>
            <br />
            {error instanceof ApiError ? error.message : t("kit.failed.offline")}
          </Notice>
          <ProblemList error={error} />
          <div className={styles.wait}>
            <DropZone
              title={t("measure.sent.again")}
              button={t("measure.drop.button")}
              line={t("measure.drop.line")}
              accept={ACCEPT}
              onFiles={([mended]) => mended && onFile(mended)}
            />
          </div>
          <div>
            <Button onClick={onClose}>{t("measure.cancel")}</Button>
          </div>
        </div>
      )}
      {upload && isLog && <LogStep ws={ws} upload={upload} onDone={onClose} />}
      {upload && mapping && source && stage === "known" && (
        <KnownStep
          upload={upload}
          source={source}
          mapping={mapping}
          onImport={() => setStage("import")}
          onChange={() => setStage("read")}
          onClose={onClose}
        />
      )}
      {upload && mapping && !isLog && stage === "read" && (
        <PreviewStep
          ws={ws}
          upload={upload}
          mapping={mapping}
          sheet={sheet}
          onMapping={setMapping}
          onSheet={(reply, chosen) => {
            setSheet(chosen);
            setUpload(reply);
            setMapping(firstMapping(reply.preview, sources, file.name, counted));
          }}
          onNext={() => setStage("map")}
          onClose={onClose}
        />
      )}
      {upload && mapping && stage === "map" && (
        <MappingStep
          upload={upload}
          sources={sources}
          mapping={mapping}
          onMapping={setMapping}
          onBack={() => setStage("read")}
          onImport={() => setStage("import")}
        />
      )}
      {upload && mapping && stage === "import" && (
        <ImportStep
          ws={ws}
          upload={upload}
          mapping={mapping}
          sheet={tableOf(upload.preview, sheet)}
          next={next}
          onBack={() => setStage("map")}
          onDone={onClose}
        />
      )}
    </div>
  );
}
