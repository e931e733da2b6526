import { useState } from "react";
import type { Connection } from "../../api/types.ts";
import {
  useChangeConnection,
  useConnectionRuns,
  useRemoveConnection,
  useRunConnection,
} from "../../api/useConnections.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "../measure.module.css";

const TONE = {
  ok: "good",
  failed: "bad",
  running: "quiet",
  waiting: "quiet",
  paused: "warn",
  unused: "warn",
} as const;

/** One connection: how it is doing, why not, and what can be done with it. */
export function ConnectionCard({ ws, connection }: { ws: string; connection: Connection }) {
  const { t, f } = useLanguage();
  const [open, setOpen] = useState(false);
  const [removing, setRemoving] = useState(false);
  const run = useRunConnection(ws);
  const change = useChangeConnection(ws);
  const { settings, state } = connection;
  const daily = connection.schedule.replace(/^daily /, "");
  const wrong = run.error ?? change.error;
  return (
    <Card aria-label={connection.name}>
      <div className={styles.title}>
        <h3>{connection.name}</h3>
        <span className="quiet">{t(`connect.kind.${connection.kind}`)}</span>
        <span className={`${styles.fresh} ${TONE[state]}`}>
          <Icon
            name={state === "ok" ? "check" : state === "failed" ? "warning" : "clock"}
            size={14}
          />
          {t(`connect.state.${state}`)}
        </span>
      </div>
      {connection.failure && (
        <div style={{ marginTop: 8 }}>
          <Notice kind="bad">{connection.failure.text}</Notice>
        </div>
      )}
      {state === "unused" && <p className="quiet">{t("connect.unused.line")}</p>}
      <dl className={styles.facts}>
        <div>
          <dt>{t("connect.last")}</dt>
          <dd>{connection.last_success ? f.time(connection.last_success) : t("connect.never")}</dd>
        </div>
        <div>
          <dt>{t("connect.next")}</dt>
          <dd>{connection.next_run ? f.time(connection.next_run) : "—"}</dd>
        </div>
        <div>
          <dt>{t("connect.schedule")}</dt>
          <dd>
            {connection.schedule === "hourly"
              ? t("connect.schedule.hourly")
              : t("connect.schedule.daily", { at: daily })}
          </dd>
        </div>
        <div>
          <dt>{t("connect.brings")}</dt>
          <dd>{connection.sources.length ? f.list(connection.sources) : "—"}</dd>
        </div>
      </dl>
      {wrong && (
        <p className="bad" role="alert">
          {wrong.message}
        </p>
      )}
      <div className={styles.chips} style={{ marginTop: 12 }}>
        <Button
          small
          disabled={
            run.isPending || state === "running" || state === "paused" || state === "unused"
          }
          onClick={() => run.mutate(connection.id)}
        >
          {t("connect.run")}
        </Button>
        <Button small kind="text" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t("connect.history")}
        </Button>
        {settings && (
          <>
            <Button
              small
              kind="text"
              disabled={change.isPending}
              onClick={() =>
                change.mutate({
                  id: connection.id,
                  wish: { settings, schedule: connection.schedule, paused: state !== "paused" },
                })
              }
            >
              {t(state === "paused" ? "connect.resume" : "connect.pause")}
            </Button>
            <Button small kind="text" onClick={() => setRemoving(true)}>
              {t("connect.remove")}
            </Button>
          </>
        )}
      </div>
      {open && <History ws={ws} id={connection.id} />}
      {removing && <Remove ws={ws} connection={connection} onClose={() => setRemoving(false)} />}
    </Card>
  );
}

function History({ ws, id }: { ws: string; id: string }) {
  const { t, f } = useLanguage();
  const runs = useConnectionRuns(ws, id, true);
  return (
    <ul className={styles.files} aria-label={t("connect.history")}>
      {runs.data?.runs.length === 0 && <li className="quiet">{t("connect.never")}</li>}
      {runs.data?.runs.map((one) => (
        <li key={one.started}>
          <span className={styles.grow}>
            {f.time(one.ended)}
            {" — "}
            {one.failure ? (
              <span className="bad">{one.failure.text}</span>
            ) : (
              t("connect.history.line", { rows: f.count(one.rows), days: f.count(one.days) })
            )}
            {one.notes.map((note) => (
              <span key={note} className={`quiet ${styles.small}`} style={{ display: "block" }}>
                {note}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface RemoveProps {
  ws: string;
  connection: Connection;
  onClose: () => void;
}

function Remove({ ws, connection, onClose }: RemoveProps) {
  const { t } = useLanguage();
  const say = useToast();
  const remove = useRemoveConnection(ws);
  const { name } = connection;
  return (
    <Dialog
      title={t("connect.remove.title", { name })}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            disabled={remove.isPending}
            onClick={() =>
              remove.mutate(connection.id, {
                onSuccess: () => {
                  say({ text: t("connect.removed", { name }) });
                  onClose();
                },
              })
            }
          >
            {t("connect.remove")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <p>{t("connect.remove.line")}</p>
      {remove.error && (
        <p className="bad" role="alert">
          {remove.error.message}
        </p>
      )}
    </Dialog>
  );
}
