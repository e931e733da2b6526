import type { Follower } from "../../api/usePaths.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { classes } from "../../kit/classes.ts";
import parts from "../parts/parts.module.css";
import styles from "./posts.module.css";

/** How many follow, network by network, and how many more than before the span. */
export function Followers({ list }: { list: Follower[] }) {
  const { t, f } = useLanguage();
  if (list.length === 0) return null;
  return (
    <section className={parts.section} aria-label={t("posts.followers")}>
      <div className={parts.heading}>
        <h3>{t("posts.followers")}</h3>
        <p>{t("posts.followers.line")}</p>
      </div>
      <Card flush>
        <ul className={styles.followers}>
          {list.map((one) => {
            const change = one.before === null ? null : one.value - one.before;
            return (
              <li key={`${one.metric} ${one.label}`}>
                <b>{one.label}</b>
                <span className={styles.height}>
                  {f.count(one.value)}
                  <small>{t("funnel.people")}</small>
                </span>
                <span className="quiet">
                  {f.facts([
                    f.day(one.on),
                    ...(change === null ? [t("posts.followers.first")] : []),
                  ])}{" "}
                  {change !== null && (
                    <b className={classes(change > 0 && "good", change < 0 && "bad")}>
                      {f.difference(change, t("funnel.people"))}
                    </b>
                  )}
                </span>
              </li>
            );
          })}
        </ul>
      </Card>
    </section>
  );
}
