import type { Breakdown, IndicatorDetail } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import styles from "./Drawer.module.css";

const MOST = 12;

/** The value by channel, device, … : the largest first, the rest counted. */
export function BreakdownTab({ detail }: { detail: IndicatorDetail }) {
  const { t } = useLanguage();
  if (detail.breakdown.length === 0)
    return <p className={styles.note}>{t("drawer.breakdown.none")}</p>;
  return detail.breakdown.map((breakdown) => (
    <Part key={breakdown.dimension} breakdown={breakdown} detail={detail} />
  ));
}

/** Which way is good: +1 up, −1 down, 0 where nobody can tell. */
function goodWay({ indicator }: IndicatorDetail): number {
  const change = indicator.change;
  if (!change || change.good === null || !change.absolute) return 0;
  return Math.sign(change.absolute) * (change.good ? 1 : -1);
}

function Part({ breakdown, detail }: { breakdown: Breakdown; detail: IndicatorDetail }) {
  const { t, f } = useLanguage();
  const unit = detail.indicator.unit;
  const way = goodWay(detail);
  const shown = breakdown.values.slice(0, MOST);
  const most = Math.max(...shown.map((part) => Math.abs(part.value ?? 0)));
  const rest = breakdown.values.length - shown.length;
  return (
    <section className={styles.section}>
      <div className={styles.barsHead}>
        <h3>{breakdown.dimension}</h3>
        {shown.some((part) => part.change !== null) && (
          <small>{t("drawer.breakdown.change")}</small>
        )}
      </div>
      <ul className={styles.bars}>
        {shown.map((part, i) => (
          <li key={part.name}>
            <span>{part.name}</span>
            <i
              data-first={i === 0 || undefined}
              style={{ width: `${most > 0 ? (Math.abs(part.value ?? 0) / most) * 100 : 0}%` }}
            />
            <span className="num">
              {part.value === null ? "" : f.shortAmount(part.value, unit)}
              {part.share !== null && <small> {f.percent(part.share)}</small>}
            </span>
            <span
              className="num"
              data-good={part.change && way ? (part.change * way > 0 ? "yes" : "no") : undefined}
            >
              {part.change === null ? "" : f.difference(part.change, unit)}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className={styles.note}>{t("drawer.breakdown.other", { count: rest })}</p>}
    </section>
  );
}
