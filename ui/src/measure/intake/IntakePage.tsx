import { getRouteApi, Link } from "@tanstack/react-router";
import { type Intake, type IntakeReply, useIntake } from "../../api/useIntake.ts";
import { useMeasureState } from "../../api/useReports.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import parts from "../parts/parts.module.css";
import { useMomentIn } from "../parts/useMoment.ts";
import styles from "./intake.module.css";
import { toldOf } from "./told.ts";

const route = getRouteApi("/framed/w/$ws/measure");

/** 受信の記録: what was sent and not taken, why, and what to do; for whoever sets measuring up. */
export function IntakePage() {
  const { ws } = route.useParams();
  const { t } = useLanguage();
  const { data, error, refetch } = useIntake(ws);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  return (
    <div className={styles.page}>
      <div>
        <h2>{t("intake.title")}</h2>
        <p className="quiet">
          {t("intake.line")}{" "}
          <Link
            to="/w/$ws/measure/setup"
            params={{ ws }}
            search
            className={buttonClass("text", true)}
          >
            {t("intake.back")}
          </Link>
        </p>
      </div>
      {data ? (
        <Record ws={ws} reply={data} />
      ) : (
        <>
          <Loading />
          <Skeleton height={92} />
          <Skeleton height={280} />
        </>
      )}
    </div>
  );
}

function Record({ ws, reply }: { ws: string; reply: IntakeReply }) {
  const { t, f } = useLanguage();
  const refused = reply.refused.reduce((sum, one) => sum + one.count, 0);
  return (
    <>
      {reply.state !== "ok" && <Notice kind="warn">{reply.sentence}</Notice>}
      <Card flush>
        <dl className={styles.figures}>
          <div>
            <dt>{t("intake.accepted")}</dt>
            <dd className="num">
              {f.count(reply.accepted)}
              <small>{t("intake.unit")}</small>
            </dd>
          </div>
          <div>
            <dt>{t("intake.refused")}</dt>
            <dd className="num">
              {f.count(refused)}
              <small>{t("intake.unit")}</small>
            </dd>
          </div>
          <div>
            <dt>{t("intake.lag")}</dt>
            <dd className="num">
              {f.count(Math.round(reply.lag))}
              <small>{t("report.seconds")}</small>
            </dd>
          </div>
          <div>
            <dt>{t("intake.aside")}</dt>
            <dd className="num">
              {f.count(reply.aside)}
              <small>{t("intake.unit")}</small>
            </dd>
          </div>
        </dl>
        <p className={styles.since}>{t("intake.since")}</p>
      </Card>
      {reply.recent.length === 0 ? (
        <EmptyState title={t("intake.none")} line={t("intake.none.line")} />
      ) : (
        <>
          <section className={parts.section} aria-label={t("intake.why")}>
            <div className={parts.heading}>
              <h3>{t("intake.why")}</h3>
              <p>{t("intake.why.line")}</p>
            </div>
            <Card flush>
              <ul className={styles.reasons}>
                {reply.refused.map((one) => (
                  <li key={one.code}>
                    <b>{one.reason}</b>
                    <span className="num">{f.count(one.count)}</span>
                  </li>
                ))}
              </ul>
            </Card>
          </section>
          <section className={parts.section} aria-label={t("intake.recent")}>
            <div className={parts.heading}>
              <h3>{t("intake.recent")}</h3>
              <p>{t("intake.recent.line")}</p>
            </div>
            <Card flush>
              <ol className={styles.list}>
                {reply.recent.map((one, i) => (
                  <Request key={`${one.at} ${i}`} ws={ws} one={one} />
                ))}
              </ol>
            </Card>
          </section>
        </>
      )}
      <p className={styles.note}>{t("intake.note")}</p>
    </>
  );
}

/** One request: when, whence, and every reason with the events it holds for. */
function Request({ ws, one }: { ws: string; one: Intake }) {
  const { t, f } = useLanguage();
  const state = useMeasureState(ws);
  const moment = useMomentIn(state.data?.zone);
  return (
    <li>
      <div className={styles.when}>
        <time>{moment(one.at)}</time>
        <span>
          {one.received === 0
            ? t("intake.unread")
            : t("intake.taken", {
                received: f.count(one.received),
                refused: f.count(one.received - one.accepted),
              })}
        </span>
      </div>
      <div className={styles.what}>
        {toldOf(one).map((told) => (
          <p key={`${told.code} ${told.whole}`}>
            <b>{told.reason}</b>
            {told.of.length > 0 && <span>{t("intake.of", { names: f.list(told.of) })}</span>}
          </p>
        ))}
        <p className={styles.whence}>
          {f.facts(
            [one.path, one.origin, String(one.status), one.agent].filter((text) => text !== ""),
          )}
        </p>
      </div>
    </li>
  );
}
