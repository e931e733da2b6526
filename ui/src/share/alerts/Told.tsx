import { useEffect, useRef } from "react";
import {
  type AlertMessage,
  type Alerts,
  useAlertPreview,
  useTellAlerts,
} from "../../api/useAlerts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./alerts.module.css";
import { Line } from "./Line.tsx";
import { momentIn } from "./when.ts";

interface ToldProps {
  ws: string;
  alerts: Alerts;
  /** The message a mail led to. */
  open: string | undefined;
}

/** What comes next, what is known and still so, and what was told before. */
export function Told({ ws, alerts, open }: ToldProps) {
  const { t } = useLanguage();
  const preview = useAlertPreview(ws);
  const standing = preview.data?.standing ?? [];
  // What lies below comes when the card above has its height: nothing jumps.
  if (!preview.data && !preview.error)
    return (
      <div className={styles.stack}>
        <Next ws={ws} alerts={alerts} />
      </div>
    );
  return (
    <div className={styles.stack}>
      <Next ws={ws} alerts={alerts} />
      {standing.length > 0 && (
        <details className={styles.standing}>
          <summary>{t("alerts.standing", { n: standing.length })}</summary>
          <p className={`quiet ${styles.small}`}>{t("alerts.standing.line")}</p>
          <ul className={styles.lines}>
            {standing.map((line) => (
              <Line key={line.what} ws={ws} line={line} />
            ))}
          </ul>
        </details>
      )}
      <section>
        <h3>{t("alerts.before")}</h3>
        {alerts.told.length === 0 ? (
          <p className="quiet">{t("alerts.before.none")}</p>
        ) : (
          <ul className={styles.messages}>
            {alerts.told.map((message, i) => (
              <Message
                key={message.id}
                ws={ws}
                message={message}
                zone={alerts.zone}
                open={open ? message.id === open : i === 0}
                led={message.id === open}
              />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

/** The message that comes next, as it would read now. */
function Next({ ws, alerts }: { ws: string; alerts: Alerts }) {
  const { t, f } = useLanguage();
  const say = useToast();
  const { data, error, refetch } = useAlertPreview(ws);
  const tell = useTellAlerts(ws);
  const next = alerts.next && momentIn(alerts.next, alerts.zone);
  const some = (data?.now.length ?? 0) > 0;
  return (
    <Card lifted={some}>
      <header className={styles.head}>
        <div>
          <h3>{t("alerts.next")}</h3>
          <p className={`quiet ${styles.small}`}>
            {next
              ? t("alerts.next.when", { day: f.weekday(next.day), clock: next.clock })
              : t("alerts.next.noMap")}
            {some && ` ${t("alerts.next.known")}`}
          </p>
        </div>
        {some && alerts.may_decide && alerts.leaves && (
          <Button
            small
            icon="bell"
            disabled={tell.isPending}
            onClick={() =>
              tell.mutate(undefined, { onSuccess: () => say({ text: t("alerts.told") }) })
            }
          >
            {t("alerts.tell")}
          </Button>
        )}
      </header>
      {tell.error && <Notice kind="bad">{tell.error.message}</Notice>}
      {error && !data && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && (
        <>
          <Loading />
          <Skeleton height={240} />
        </>
      )}
      {data && !some && <p className={styles.calm}>{t("alerts.next.none")}</p>}
      {some && (
        <ul className={styles.lines}>
          {data?.now.map((line) => (
            <Line key={line.what} ws={ws} line={line} />
          ))}
        </ul>
      )}
      {(data?.more ?? 0) > 0 && (
        <p className={`quiet ${styles.small}`}>{t("alerts.more", { n: data?.more ?? 0 })}</p>
      )}
    </Card>
  );
}

interface MessageProps {
  ws: string;
  message: AlertMessage;
  zone: string;
  open: boolean;
  /** A mail led here: it is moved into sight. */
  led: boolean;
}

function Message({ ws, message, zone, open, led }: MessageProps) {
  const { t, f } = useLanguage();
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (led) box.current?.scrollIntoView({ block: "center" });
  }, [led]);
  const at = momentIn(message.told_at, zone);
  return (
    <li>
      <details ref={box} open={open} className={styles.message}>
        <summary>
          <time dateTime={message.told_at} className="quiet">
            {f.weekday(at.day)} {at.clock}
          </time>
          <b>{message.title}</b>
          <Icon name="down" size={16} />
        </summary>
        <ul className={styles.lines}>
          {message.lines.map((line) => (
            <Line key={line.what} ws={ws} line={line} />
          ))}
        </ul>
        <p className={`quiet ${styles.small}`}>
          {message.more > 0 && `${t("alerts.more", { n: message.more })} `}
          {message.to.length > 0
            ? t("alerts.to", { names: f.list(message.to) })
            : t("alerts.to.nobody")}
        </p>
      </details>
    </li>
  );
}
