import { Link } from "@tanstack/react-router";
import type { GoalsReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Mark } from "../../kit/Mark.tsx";
import styles from "./goals.module.css";

type GoalWorkspace = GoalsReply["goals"][number]["workspaces"][number];

/** One row for each client: what stands where, and what waits. */
export function GoalTable({ groups }: { groups: GoalsReply["goals"] }) {
  const { t } = useLanguage();
  return (
    <Card flush className={styles.scroll}>
      <table className={styles.table}>
        <caption className="sr">{t("goals.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("goals.col.team")}</th>
            <th scope="col">{t("goals.col.kgi")}</th>
            <th scope="col" className={styles.right}>
              {t("goals.probability")}
            </th>
            <th scope="col">{t("goals.col.stake")}</th>
            <th scope="col">{t("goals.col.questions")}</th>
            <th scope="col">{t("goals.col.agreement")}</th>
            <th scope="col">{t("goals.col.review")}</th>
          </tr>
        </thead>
        <tbody>
          {groups
            .flatMap((group) => group.workspaces)
            .map((one) => (
              <Row key={one.slug} workspace={one} />
            ))}
        </tbody>
      </table>
    </Card>
  );
}

function Row({ workspace }: { workspace: GoalWorkspace }) {
  const { t, f } = useLanguage();
  const { slug, name, kgi, stake, measuring, agreement, review, unread, waiting } = workspace;
  const params = { ws: slug };
  return (
    <tr>
      <th scope="row">
        <Link to="/w/$ws/map" params={params} className={styles.link}>
          {name}
        </Link>
      </th>
      {kgi ? (
        <td>
          <span className={styles.kgi}>
            {kgi.status && <Mark status={kgi.status} size={16} />}
            <span>
              {kgi.name}
              <span className={styles.sub}>
                {kgi.value === null
                  ? (kgi.no_value ?? t("map.noValue"))
                  : f.shortAmount(kgi.value, kgi.unit)}
                {kgi.target_label && ` / ${kgi.target_label}`}
              </span>
            </span>
          </span>
        </td>
      ) : (
        <td className="bad">{t("goals.unreadable")}</td>
      )}
      <td className={styles.right}>
        {kgi && kgi.p_attain !== null ? <b className="num">{f.chance(kgi.p_attain)}</b> : "–"}
      </td>
      <td className={styles.wide}>
        {measuring ? (
          <span className="quiet">{t("goals.stake.measuring")}</span>
        ) : stake && stake.findings > 0 ? (
          <Link to="/w/$ws/ask" params={params} className={styles.cell}>
            <span className={styles.clamp}>{stake.sentence}</span>
            <span className={styles.sub}>{t("goals.stake", { n: stake.findings })}</span>
          </Link>
        ) : (
          "–"
        )}
      </td>
      <td className={styles.short}>
        {agreement && unread + waiting > 0 ? (
          <Link to="/w/$ws/share/questions" params={params} className={styles.cell}>
            {unread > 0 && <span className={styles.new}>{t("goals.unread", { n: unread })}</span>}
            {waiting > 0 && (
              <span className={styles.sub}>{t("goals.waiting", { n: waiting })}</span>
            )}
          </Link>
        ) : (
          "–"
        )}
      </td>
      <td className={styles.short}>
        {agreement ? (
          <Link to="/w/$ws/share/agreement" params={params} className={styles.cell}>
            {agreement.short}
          </Link>
        ) : (
          "–"
        )}
      </td>
      <td className={styles.short}>
        {review ? (
          <Link to="/w/$ws/share/reviews" params={params} className={styles.cell}>
            {review.held ? t("goals.review.held") : f.weekday(review.on)}
            {review.overdue && (
              <span className={`warn ${styles.sub}`}>{t("goals.review.overdue")}</span>
            )}
          </Link>
        ) : (
          "–"
        )}
      </td>
    </tr>
  );
}
