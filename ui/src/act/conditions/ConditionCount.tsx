import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { Skeleton } from "../../kit/Skeleton.tsx";
import type { Condition } from "./condition.ts";
import styles from "./conditions.module.css";
import { useCounted } from "./useCounted.ts";

/** How many people a condition is true of now, with their share of everybody. */
export function ConditionCount({ ws, condition }: { ws: string; condition: Condition }) {
  const { t, f } = useLanguage();
  const { state, count } = useCounted(ws, condition);
  const busy = state === "counting";
  const line = {
    empty: t("conditions.count.empty"),
    unfinished: t("conditions.count.unfinished"),
    closed: t("conditions.count.closed"),
    wrong: t("conditions.count.wrong"),
    counting: t("conditions.counting"),
    counted: "",
  }[state];
  const shown = busy || state === "counted" ? count : undefined;
  return (
    <section className={styles.count} aria-label={t("conditions.count")} aria-live="polite">
      <h3>{t("conditions.count")}</h3>
      {shown ? (
        <>
          <p className={classes(styles.people, busy && styles.busy)}>
            <b className="num">
              {f.count(shown.people)}
              <small>{t("conditions.count.unit")}</small>
            </b>
            <span className="quiet">
              {busy
                ? line
                : t("conditions.count.share", {
                    of: f.count(shown.of),
                    share: f.percent(shown.of > 0 ? shown.people / shown.of : 0),
                  })}
            </span>
          </p>
          {shown.examples.length > 0 && (
            <p className={styles.who}>
              {t("conditions.count.who", {
                names: f.list(shown.examples.map((one) => one.name || one.address).slice(0, 3)),
              })}
            </p>
          )}
          {shown.note && <p className={styles.who}>{shown.note}</p>}
        </>
      ) : busy ? (
        <>
          <Skeleton height={32} width={120} />
          <p className="quiet">{line}</p>
        </>
      ) : (
        <p className={state === "wrong" ? styles.problem : "quiet"}>{line}</p>
      )}
    </section>
  );
}
