import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { Indicator } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Badge } from "../../kit/Badge.tsx";
import { Bar } from "../../kit/Bar.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { Sparkline } from "../../kit/Sparkline.tsx";
import { textWidth } from "../../kit/textWidth.ts";
import type { Level } from "../layout.ts";
import { useWatched } from "../watched.ts";
import styles from "./Card.module.css";
import { cardFacts } from "./facts.ts";

interface IndicatorCardProps {
  indicator: Indicator;
  level: Level;
  /** Where the missing numbers are brought in; null on a read-only page. */
  ws: string | null;
}

/** A KPI's card: at S name, value and mark; at M the bar too; at L everything. */
export const IndicatorCard = memo(function IndicatorCard({
  indicator,
  level,
  ws,
}: IndicatorCardProps) {
  const { t, f } = useLanguage();
  const facts = cardFacts(indicator, t, f);
  const watched = useWatched(indicator.id);
  const flag = watched && <Icon name="flag" size={12} className={styles.flag} />;
  if (level === "S") {
    return (
      <div className={styles.small}>
        <div className={styles.smallName}>
          {facts.name} {flag}
        </div>
        <div className={styles.smallLine}>
          {facts.value ? (
            <span className="num">
              {facts.value.number}
              <small>{facts.value.unit}</small>
            </span>
          ) : (
            <span className={styles.noValue}>
              {facts.noData ? t("map.noData") : t("map.noValue")}
            </span>
          )}
          <Mark status={facts.status} silent />
        </div>
      </div>
    );
  }
  return (
    <div className={styles.body}>
      <div className={styles.name}>
        <b className={textWidth(facts.name, 14) > 124 ? styles.twoLines : undefined}>
          {facts.name}
          {flag}
        </b>
        {facts.owner && <Badge name={facts.owner.name} label={facts.owner.label} />}
        <Mark status={facts.status} silent />
      </div>
      {facts.noData ? (
        <div className={styles.noData}>
          <p>{t("map.noData")}</p>
          {ws && level === "L" && (
            <Link to="/w/$ws/measure/data" params={{ ws }} className={styles.step}>
              <Icon name="upload" size={14} />
              {t("map.noData.step")}
            </Link>
          )}
        </div>
      ) : (
        <>
          <div className={styles.value}>
            {facts.value ? (
              <span className={classes("num", styles.number)}>
                {facts.value.number}
                <small>{facts.value.unit}</small>
              </span>
            ) : (
              <span className={styles.noValue} title={facts.reason ?? undefined}>
                {t("map.noValue")}
              </span>
            )}
            <Sparkline values={facts.spark} />
          </div>
          <div className={styles.bar}>
            <Bar share={facts.share} pace={facts.due} status={facts.status} />
          </div>
          {level === "L" && (
            <div className={styles.foot}>
              <span>{facts.pace}</span>
              {facts.stale ? (
                <span className={classes(styles.stale, "warn")}>
                  <Icon name="clock" size={12} />
                  {facts.stale}
                </span>
              ) : (
                facts.change && <span className={facts.change.tone}>{facts.change.text}</span>
              )}
            </div>
          )}
        </>
      )}
    </div>
  );
});
