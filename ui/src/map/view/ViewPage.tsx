import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { ApiError } from "../../api/client.ts";
import type { MapReply } from "../../api/types.ts";
import { useView } from "../../api/useViews.ts";
import { LanguageSwitch } from "../../frame/Preferences.tsx";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Chip } from "../../kit/Chip.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Signpost } from "../../kit/Icon.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { OutsideAsk } from "../../talk/outside/OutsideAsk.tsx";
import styles from "./view.module.css";

const MapView = lazy(() =>
  import("../MapView.tsx").then((module) => ({ default: module.MapView })),
);

/** The page for the boss: three sentences and the map, to read and to print, nothing to press. */
export function ViewPage() {
  const { token } = useParams({ from: "/view/$token" });
  const { t, f } = useLanguage();
  const view = useView(token);
  const [open, setOpen] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const reply = view.data;
  useEffect(() => {
    if (reply) document.title = `${reply.model.name} — Shirube`;
  }, [reply]);
  if (view.error) {
    const gone = view.error instanceof ApiError && view.error.status < 500;
    return gone ? (
      <main>
        <h1 className="sr">Shirube</h1>
        <EmptyState title={t("view.gone")} line={view.error.message} />
      </main>
    ) : (
      <Failed error={view.error} retry={() => void view.refetch()} />
    );
  }
  const waiting = (
    <div style={{ padding: 28, display: "grid", gap: 24, alignContent: "start" }}>
      <Loading />
      <Skeleton height={72} />
      <Skeleton height={420} />
    </div>
  );
  return (
    <div className={styles.view}>
      <header className={styles.head}>
        <Signpost />
        <h1>{reply?.model.name ?? <Skeleton width={200} />}</h1>
        {reply && (
          <>
            <span className={styles.wide}>
              <Chip>
                {f.facts([
                  t("view.version", { version: reply.model.version }),
                  reply.model.agreed.length > 0
                    ? t("view.agreed", { names: f.list(reply.model.agreed.map((one) => one.by)) })
                    : t("view.notAgreed"),
                ])}
              </Chip>
            </span>
            <span className={styles.wide}>
              <Chip icon="calendar">{t("view.asOf", { day: f.weekday(reply.as_of) })}</Chip>
            </span>
            <span className={`quiet ${styles.small} ${styles.thin}`}>
              {t("goals.asOf", { day: f.day(reply.as_of) })}
            </span>
          </>
        )}
        <span style={{ flex: 1 }} />
        <span className={`quiet ${styles.small} ${styles.wide}`}>{t("view.readOnly")}</span>
        {reply && (
          <Button small kind="primary" onClick={() => setAsking(true)}>
            {t("questions.ask")}
          </Button>
        )}
        <span className={styles.wide}>
          <Button small icon="print" onClick={() => print()}>
            {t("view.print")}
          </Button>
        </span>
        <LanguageSwitch />
      </header>
      <main className={styles.room}>
        {reply ? (
          <Suspense fallback={waiting}>
            <MapView reply={reply} selected={null} onOpen={setOpen} ws={null} />
          </Suspense>
        ) : (
          waiting
        )}
      </main>
      {reply && open && (
        <Explained token={token} reply={reply} id={open} onClose={() => setOpen(null)} />
      )}
      {asking && (
        <Dialog title={t("questions.ask")} onClose={() => setAsking(false)}>
          <OutsideAsk token={token} />
        </Dialog>
      )}
    </div>
  );
}

interface ExplainedProps {
  token: string;
  reply: MapReply;
  id: string;
  onClose: () => void;
}

/** What a number means, in the few words an outsider needs; and a way to ask. */
function Explained({ token, reply, id, onClose }: ExplainedProps) {
  const { t, f } = useLanguage();
  const [asking, setAsking] = useState(false);
  const one = reply.indicators.find((indicator) => indicator.id === id);
  if (!one) return null;
  const value = one.value === null ? null : f.parts(one.value, one.unit);
  return (
    <Dialog title={one.name} onClose={onClose}>
      <p className={styles.value}>
        {value ? (
          <span className="num">
            {value.number}
            <small>{value.unit}</small>
          </span>
        ) : (
          <span className="quiet">{one.no_value ?? t("map.noData")}</span>
        )}{" "}
        {one.status && <Mark status={one.status} size={20} />}
      </p>
      <dl className={styles.facts}>
        <dt>{t("view.detail.definition")}</dt>
        <dd>{one.definition || t("view.detail.none")}</dd>
        {one.target?.label && (
          <>
            <dt>{t("view.detail.target")}</dt>
            <dd>{one.target.label}</dd>
          </>
        )}
        {one.owner && (
          <>
            <dt>{t("view.detail.owner")}</dt>
            <dd>{one.owner}</dd>
          </>
        )}
      </dl>
      <div className={styles.ask}>
        {asking ? (
          <OutsideAsk token={token} about={`indicator:${id}`} />
        ) : (
          <Button onClick={() => setAsking(true)}>{t("view.ask")}</Button>
        )}
      </div>
    </Dialog>
  );
}
