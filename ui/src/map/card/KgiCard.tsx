import { memo } from "react";
import type { Indicator, MapReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import type { Translate } from "../../i18n/translate.ts";
import { Badge } from "../../kit/Badge.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import { Mark } from "../../kit/Mark.tsx";
import type { Level } from "../layout.ts";
import styles from "./Card.module.css";
import { estimates } from "./estimate.ts";
import { cardFacts, shortUnit, toneOf } from "./facts.ts";
import { KgiChart } from "./KgiChart.tsx";
import { TenDots } from "./TenDots.tsx";

interface KgiCardProps {
  indicator: Indicator;
  level: Level;
  /** The card's height; what does not fit is left out, the chart first shrinks. */
  height: number;
  agreement: MapReply["agreement"];
  asOf: string;
  latest: boolean;
}

/** What the card spends on everything but the chart, and on the dots. */
const FIXED = 252;
const DOTS = 26;
const AGREED = 24;
const CHART_LEAST = 64;

/** The goal itself: where it stands, where it is heading, and how likely it is. */
export const KgiCard = memo(function KgiCard({
  indicator: kgi,
  level,
  height,
  agreement,
  asOf,
  latest,
}: KgiCardProps) {
  const { t, f } = useLanguage();
  const facts = cardFacts(kgi, t, f);
  const kind = kgi.target?.kind;
  const value = facts.value;
  const long =
    (value ? value.number.length + value.unit.length : 0) + (kgi.target?.label.length ?? 0) > 13;
  if (level === "S") return <SmallKgi kgi={kgi} agreement={agreement} />;

  const dots = height >= FIXED + DOTS + CHART_LEAST + 20;
  // Calm while it is agreed; the management goal above says by whom.
  const open = isOpen(agreement);
  const chart =
    height - FIXED - (dots ? DOTS : 0) - (facts.name.length > 15 ? 22 : 0) - (open ? AGREED : 0);
  return (
    <div className={styles.kgi}>
      <div className={styles.kgiHead}>
        <span>{kind && kind !== "vague" ? t(`map.kgi.${kind}`) : t("map.kgi")}</span>
        {facts.owner && <Badge name={facts.owner.name} label={facts.owner.label} />}
        <Mark status={facts.status} size={20} silent />
      </div>
      <div className={styles.kgiName}>{facts.name}</div>
      {value ? (
        <div className={classes(styles.kgiValue, long && styles.long)}>
          <span className={classes("num", styles.kgiNumber)}>
            {value.number}
            <small>{value.unit}</small>
          </span>
          {kgi.target?.label && <span>/ {kgi.target.label}</span>}
        </div>
      ) : (
        <p className={styles.kgiReason}>
          {facts.noData ? t("map.noData") : (facts.reason ?? t("map.noValue"))}
        </p>
      )}
      <KgiPace kgi={kgi} />
      <OpenAgreement agreement={agreement} />
      <div className={styles.kgiChart}>
        {kgi.curve && chart >= CHART_LEAST - 12 && (
          <KgiChart
            curve={kgi.curve}
            unit={kgi.unit}
            asOf={asOf}
            latest={latest}
            width={232}
            height={chart}
            label={t("map.kgi.chart", { name: kgi.name })}
          />
        )}
      </div>
      <div className={styles.kgiEnd}>
        <Odds kgi={kgi} dots={dots} />
      </div>
    </div>
  );
});

function KgiPace({ kgi }: { kgi: Indicator }) {
  const { t, f } = useLanguage();
  if (!kgi.target) return <p className={styles.kgiPace}>{t("map.kgi.noTarget")}</p>;
  const { expected, ahead, good } = estimates(kgi);
  if (expected === null) return null;
  return (
    <p className={styles.kgiPace}>
      <span>{t("map.paceToday", { amount: f.shortAmount(expected, kgi.unit) })}</span>
      {ahead !== null && <b className={toneOf(good)}>{f.difference(ahead, shortUnit(kgi.unit))}</b>}
    </p>
  );
}

/** A probability in words: nobody reads "0 times in 10" as "hardly". */
function tenTimes(t: Translate, odds: number): string {
  const times = Math.round(odds * 10);
  if (times === 0) return t("map.kgi.hardly");
  return times === 10 ? t("map.kgi.nearly") : t("map.kgi.tenTimes", { times });
}

function Odds({ kgi, dots }: { kgi: Indicator; dots: boolean }) {
  const { t, f } = useLanguage();
  const { odds, lo80, hi80 } = estimates(kgi);
  const { reason } = kgi.forecast;
  if (odds === null && lo80 === null) {
    return <p className={styles.kgiReason}>{reason ?? t("map.kgi.noForecast")}</p>;
  }
  const by = kgi.target?.by;
  const range = lo80 === null || hi80 === null ? null : f.range(lo80, hi80, kgi.unit);
  return (
    <div className={styles.kgiOdds}>
      <p>
        <span>{odds !== null && t("map.kgi.probability")}</span>
        <span>{by ? t("map.kgi.landing", { when: f.until(by) }) : ""}</span>
      </p>
      <p>
        <span className={classes("num", styles.odds)}>
          {odds !== null && (
            <>
              {f.chance(odds).replace("%", "")}
              <small>%</small>
            </>
          )}
        </span>
        <span
          className={classes(
            "num",
            styles.landing,
            (range?.number.length ?? 0) > 10 && styles.long,
          )}
        >
          {range?.number}
          <small>{range?.unit}</small>
        </span>
      </p>
      {dots && odds !== null && (
        <p>
          <TenDots share={odds} />
          <span>{tenTimes(t, odds)}</span>
        </p>
      )}
    </div>
  );
}

/** Nobody's word stands behind the goal: it is said on the card. */
function OpenAgreement({ agreement }: { agreement: MapReply["agreement"] }) {
  if (!isOpen(agreement)) return null;
  return (
    <p className={styles.kgiAgreement}>
      <Icon name="warning" size={13} />
      {agreement.short}
    </p>
  );
}

function isOpen(agreement: MapReply["agreement"]): boolean {
  return agreement.standing === "nobody" || agreement.standing === "lapsed";
}

function SmallKgi({ kgi, agreement }: { kgi: Indicator; agreement: MapReply["agreement"] }) {
  const { t, f } = useLanguage();
  const value = kgi.value === null ? null : f.short(kgi.value, kgi.unit);
  const { expected, odds } = estimates(kgi);
  const pace =
    expected === null ? "" : t("map.pace", { amount: f.shortAmount(expected, kgi.unit) });
  return (
    <div className={styles.kgiSmall}>
      <div className={styles.smallName}>{kgi.name}</div>
      <div className={styles.kgiSmallValue}>
        {value ? (
          <span className={classes("num", styles.kgiSmallNumber)}>
            {value.number}
            <small>{value.unit}</small>
          </span>
        ) : (
          <span className={styles.noValue}>{t("map.noData")}</span>
        )}
        <Mark status={kgi.status} size={20} silent />
      </div>
      <div className={styles.smallName}>
        {kgi.target?.label ? `/ ${f.facts([kgi.target.label, pace].filter(Boolean))}` : pace}
      </div>
      <OpenAgreement agreement={agreement} />
      <div className={styles.kgiSmallOdds}>
        {odds === null ? (
          t("map.kgi.noForecast")
        ) : (
          <>
            {t("map.kgi.probability")} <b>{f.chance(odds)}</b>
          </>
        )}
      </div>
    </div>
  );
}
