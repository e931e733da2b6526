import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Source, Upload } from "../api/types.ts";
import { useRemoveUpload } from "../api/useSources.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button, buttonClass, IconButton } from "../kit/Button.tsx";
import { Card } from "../kit/Card.tsx";
import { Chip } from "../kit/Chip.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { Icon } from "../kit/Icon.tsx";
import { Notice } from "../kit/Notice.tsx";
import { useToast } from "../kit/Toast.tsx";
import { fileSize } from "./filePlace.ts";
import styles from "./measure.module.css";
import { metricWords } from "./metricWords.ts";

/** Behind by more than this many days, a source says so; exports over a weekend are normal. */
const STALE = 3;

/** One source: how fresh, how whole, which numbers, for which indicators, from which files. */
export function SourceCard({ ws, source }: { ws: string; source: Source }) {
  const { t, f } = useLanguage();
  const [removing, setRemoving] = useState<Upload | null>(null);
  const { first, last } = source;
  const stale = source.stale_days > STALE;
  const zero = source.spec.gaps === "zero";
  return (
    <Card aria-label={source.path || source.id}>
      <div className={styles.title}>
        <h3>{source.path || source.id}</h3>
        <span className="quiet">{f.facts([source.id, t(`source.kind.${kindOf(source)}`)])}</span>
        <span className={`${styles.fresh} ${stale || !last ? "warn" : "good"}`}>
          <Icon name={stale || !last ? "clock" : "check"} size={14} />
          {last === null
            ? t("measure.source.none")
            : stale
              ? t("measure.source.stale", { days: source.stale_days })
              : t("measure.source.fresh")}
        </span>
      </div>
      {source.failure && <Notice kind="warn">{source.failure.text}</Notice>}
      {last && first && (
        <dl className={styles.facts}>
          <div>
            <dt>{t("measure.source.last")}</dt>
            <dd>{f.weekday(last)}</dd>
          </div>
          <div>
            <dt>{t("measure.source.period")}</dt>
            <dd>{t("measure.source.span", { first: f.longDay(first), last: f.longDay(last) })}</dd>
          </div>
          <div>
            <dt>{t("measure.source.amount")}</dt>
            <dd>
              {t("measure.source.rows", {
                rows: f.count(source.rows),
                days: f.count(source.days),
              })}
            </dd>
          </div>
          <div>
            <dt>{t("measure.source.gaps")}</dt>
            <dd className={source.missing_days && !zero ? "warn" : undefined}>
              {source.missing_days === 0
                ? t("measure.source.whole")
                : t(zero ? "measure.source.zero" : "measure.source.missing", {
                    days: f.count(source.missing_days),
                  })}
            </dd>
          </div>
        </dl>
      )}
      <div className={styles.tight}>
        <p className={styles.label}>{t("measure.source.metrics")}</p>
        <div className={styles.chips}>
          {source.metrics.map((id) => (
            <Chip key={id} title={`${source.id}.${id}`}>
              {metricWords(t, f, id, source.spec.metrics[id])}
            </Chip>
          ))}
        </div>
        <p className={styles.label}>
          {source.used_by.length > 0
            ? `${t("measure.source.used")}: ${f.list(source.used_by.map((one) => one.name))}`
            : t("measure.source.unused")}
        </p>
      </div>
      {kindOf(source) === "entry" && (
        <Link to="/w/$ws/measure/entry" params={{ ws }} className={buttonClass("outline", true)}>
          {t("source.entry.open")}
        </Link>
      )}
      {source.uploads.length > 0 && (
        <ul className={styles.files} aria-label={t("measure.source.files")}>
          {source.uploads.map((upload) => (
            <li key={upload.id}>
              <span className={styles.grow}>
                {upload.name}
                <span className={`quiet ${styles.small}`} style={{ display: "block" }}>
                  {t("measure.source.file", {
                    time: f.time(upload.uploaded_at),
                    rows: f.count(upload.rows),
                    size: fileSize(upload.size),
                  })}
                </span>
              </span>
              <IconButton
                icon="trash"
                bare
                label={t("measure.upload.remove")}
                onClick={() => setRemoving(upload)}
              />
            </li>
          ))}
        </ul>
      )}
      {removing && <RemoveUpload ws={ws} upload={removing} onClose={() => setRemoving(null)} />}
    </Card>
  );
}

function kindOf({ spec }: Source): "file" | "connection" | "events" | "entry" {
  if (spec.connection) return "connection";
  if (Object.keys(spec.events ?? {}).length > 0) return "events";
  return Object.keys(spec.entry ?? {}).length > 0 ? "entry" : "file";
}

interface RemoveUploadProps {
  ws: string;
  upload: Upload;
  onClose: () => void;
}

function RemoveUpload({ ws, upload, onClose }: RemoveUploadProps) {
  const { t } = useLanguage();
  const say = useToast();
  const remove = useRemoveUpload(ws);
  const { name } = upload;
  return (
    <Dialog
      title={t("measure.upload.remove.title", { name })}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            disabled={remove.isPending}
            onClick={() =>
              remove.mutate(upload.id, {
                onSuccess: () => {
                  say({ text: t("measure.upload.removed", { name }) });
                  onClose();
                },
              })
            }
          >
            {t("measure.upload.remove.do")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <p>{t("measure.upload.remove.line")}</p>
      {remove.error && (
        <p className="bad" role="alert">
          {remove.error.message}
        </p>
      )}
    </Dialog>
  );
}
