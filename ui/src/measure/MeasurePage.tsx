import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useSources } from "../api/useSources.ts";
import { ACCEPT, takeOver } from "../frame/handover.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { buttonClass } from "../kit/Button.tsx";
import { DropZone } from "../kit/DropZone.tsx";
import { EmptyState, Failed } from "../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../kit/Skeleton.tsx";
import { CountButton } from "./counted/CountButton.tsx";
import styles from "./measure.module.css";
import { SourceCard } from "./SourceCard.tsx";
import { UploadFlow } from "./UploadFlow.tsx";

/** The sources of the model with what is in them, and the one way to bring files in. */
export function MeasurePage() {
  const { ws } = useParams({ from: "/framed/w/$ws/measure" });
  const { t } = useLanguage();
  const sources = useSources(ws);
  // They are gone through one after the other.
  const [files, setFiles] = useState<File[]>([]);
  useEffect(() => {
    const handed = takeOver();
    if (handed.length > 0) setFiles(handed);
  }, []);

  const [file, next] = files;
  // What a file is for is told from the sources: it waits for them, or it would be taken for a new one.
  if (file && !sources.isPending)
    return (
      <UploadFlow
        key={`${file.name} ${file.size} ${file.lastModified} ${files.length}`}
        ws={ws}
        file={file}
        sources={sources.data?.sources ?? []}
        next={next?.name}
        onFile={(mended) => setFiles([mended, ...files.slice(1)])}
        onClose={() => setFiles(files.slice(1))}
      />
    );
  const list = sources.data?.sources;
  return (
    <>
      <div className={styles.head}>
        <h2>{t("measure.title")}</h2>
        <p className="quiet">{t("measure.line")}</p>
      </div>
      <div className={styles.two}>
        <section aria-label={t("measure.sources")}>
          {sources.error && <Failed error={sources.error} retry={() => void sources.refetch()} />}
          {sources.isPending && (
            <div className={styles.sources}>
              <Loading />
              <Skeleton height={220} />
              <Skeleton height={220} />
            </div>
          )}
          {list?.length === 0 && (
            <EmptyState title={t("measure.empty")} line={t("measure.empty.line")} />
          )}
          <div className={styles.sources}>
            {list?.map((source) => (
              <SourceCard key={source.id} ws={ws} source={source} />
            ))}
          </div>
        </section>
        <div className={styles.side}>
          <DropZone
            title={t("measure.drop")}
            button={t("measure.drop.button")}
            line={t("measure.drop.line")}
            accept={ACCEPT}
            many
            onFiles={setFiles}
          />
          <p className="quiet">
            {t("connect.from.line")}{" "}
            <Link
              to="/w/$ws/measure/connections"
              params={{ ws }}
              className={buttonClass("text", true)}
            >
              {t("connect.from.link")}
            </Link>
          </p>
          <CountButton ws={ws} />
        </div>
      </div>
    </>
  );
}
