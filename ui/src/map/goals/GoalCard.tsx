import { Link } from "@tanstack/react-router";
import type { GoalsReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Badge } from "../../kit/Badge.tsx";
import { Bar } from "../../kit/Bar.tsx";
import { classes } from "../../kit/classes.ts";
import { Mark } from "../../kit/Mark.tsx";
import { Sparkline } from "../../kit/Sparkline.tsx";
import styles from "./goals.module.css";
import { Waits } from "./Waits.tsx";

type GoalWorkspace = GoalsReply["goals"][number]["workspaces"][number];

/** One team's KGI in short; the whole card leads to its map. */
export function GoalCard({ workspace }: { workspace: GoalWorkspace }) {
  const { t, f } = useLanguage();
  const { slug, name, demo, kgi } = workspace;
  if (!kgi)
    return (
      <article className={classes(styles.card, styles.broken)}>
        <p className={styles.team}>{name}</p>
        <p className="bad">{t("goals.unreadable")}</p>
        <h3>
          <Link to="/w/$ws/model" params={{ ws: slug }} style={{ color: "var(--ai)" }}>
            {t("goals.unreadable.step")}
          </Link>
        </h3>
      </article>
    );
  const value = kgi.value === null ? null : f.short(kgi.value, kgi.unit);
  // The bar's scale is the target; pace stands where expected / target is.
  const pace =
    kgi.attainment !== null && kgi.pace !== null && kgi.pace > 0 ? kgi.attainment / kgi.pace : null;
  return (
    <article className={styles.card}>
      <div className={styles.row}>
        <div className={styles.name}>
          <p className={styles.team}>
            {name}
            {demo && <span className={styles.demo}>{t("frame.demo")}</span>}
          </p>
          <h3>
            <Link to="/w/$ws/map" params={{ ws: slug }} title={t("goals.open", { name })}>
              {kgi.name}
            </Link>
          </h3>
        </div>
        {kgi.owner && <Badge name={kgi.owner} label={t("map.owner", { name: kgi.owner })} />}
        {kgi.status && <Mark status={kgi.status} size={20} />}
      </div>
      <div className={classes(styles.row, styles.numbers)}>
        {value ? (
          <span className={`num ${styles.value}`}>
            {value.number}
            <small>{value.unit}</small>
          </span>
        ) : (
          <span className="quiet">{kgi.no_value ?? t("map.noValue")}</span>
        )}
        <span className="quiet nw">
          {!kgi.target_label
            ? t("goals.noTarget")
            : value
              ? `/ ${kgi.target_label}`
              : t("goals.target", { label: kgi.target_label })}
        </span>
        <span className={styles.spark}>
          <Sparkline values={kgi.spark} width={64} />
        </span>
      </div>
      <Bar
        share={kgi.attainment}
        pace={pace}
        {...(kgi.status ? { status: kgi.status } : {})}
        {...(kgi.attainment === null
          ? {}
          : { label: t("goals.progress", { percent: f.percent(kgi.attainment) }) })}
      />
      <div className={styles.foot}>
        <span>
          {kgi.p_attain === null ? (
            t("goals.noProbability")
          ) : (
            <>
              {t("goals.probability")} <b className="num">{f.chance(kgi.p_attain)}</b>
            </>
          )}
        </span>
        <span>{t("goals.asOf", { day: f.day(workspace.as_of) })}</span>
      </div>
      <Waits workspace={workspace} />
    </article>
  );
}
