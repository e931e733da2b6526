import { useState } from "react";
import type { IndicatorDetail, SmartLine } from "../../api/types.ts";
import type { MapView } from "../../api/useMap.ts";
import { addDays } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { estimated, estimates } from "../card/estimate.ts";
import { CurveChart } from "./CurveChart.tsx";
import { DailyChart, LONG } from "./DailyChart.tsx";
import styles from "./Drawer.module.css";
import { ForecastFan } from "./fan/ForecastFan.tsx";
import { SmartLines } from "./SmartLines.tsx";

/** How many of the coming milestones are listed. */
const NEXT = 4;

interface ChartTabProps {
  ws: string;
  view: MapView;
  detail: IndicatorDetail;
  smart: SmartLine[];
}

/** How it moved, against target and pace; what happened meanwhile; what is worth knowing. */
export function ChartTab({ ws, view, detail, smart }: ChartTabProps) {
  const { t, f } = useLanguage();
  const one = detail.indicator;
  const [sum, setSum] = useState(true);
  const cumulative = detail.curve !== null && sum;
  const { lo80, hi80, mean } = estimates(one);
  const over = one.target?.by != null && one.target.by <= detail.as_of;
  const ahead = (one.target?.milestones ?? []).filter((milestone) => milestone.by >= detail.as_of);
  const shown = cumulative && detail.curve ? detail.curve.days : rangeOf(detail);
  const events = detail.events.filter(
    (event) => event.on >= (shown[0] ?? "") && event.on <= (shown.at(-1) ?? ""),
  );
  const milestones = ahead.slice(0, NEXT);
  return (
    <>
      <section className={styles.section}>
        {detail.curve && (
          <div className={styles.choice}>
            <ChipButton on={sum} aria-pressed={sum} onClick={() => setSum(true)}>
              {t(one.kind === "flow" ? "drawer.chart.showCumulative" : "drawer.chart.showRolling")}
            </ChipButton>
            <ChipButton on={!sum} aria-pressed={!sum} onClick={() => setSum(false)}>
              {t("drawer.chart.showDaily")}
            </ChipButton>
          </div>
        )}
        {cumulative && detail.curve ? (
          <CurveChart detail={detail} curve={detail.curve} />
        ) : (
          <DailyChart detail={detail} />
        )}
        {detail.range && <p className={styles.note}>{detail.range.sentence}</p>}
        {!over && mean !== null && lo80 !== null && hi80 !== null && (
          <p className={styles.note}>
            {t("drawer.chart.forecast")} <b>{f.amount(mean, one.unit)}</b>{" "}
            {t("drawer.chart.band", {
              low: f.amount(lo80, one.unit),
              high: f.amount(hi80, one.unit),
            })}
          </p>
        )}
        {mean === null && one.forecast.reason && (
          <p className={styles.note}>{one.forecast.reason}</p>
        )}
        {!cumulative && detail.daily.values.length > LONG && (
          <p className={styles.note}>{t("drawer.chart.smoothed")}</p>
        )}
      </section>
      {one.has_data && !over && <ForecastFan ws={ws} view={view} detail={detail} />}
      {detail.findings.length > 0 && (
        <section className={styles.section}>
          <h3>{t("drawer.findings")}</h3>
          <ul className={styles.findings}>
            {detail.findings.map((finding) => (
              <li key={finding.code + finding.sentence}>
                <Icon
                  name={finding.severity === "info" ? "info" : "warning"}
                  size={14}
                  className={styles[finding.severity]}
                />
                <span>
                  {finding.sentence}
                  <span className="quiet"> {finding.mend}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <SmartLines smart={smart} />
      {milestones.length > 0 && (
        <section className={styles.section}>
          <h3>{t("drawer.chart.milestones")}</h3>
          <ul className={styles.lines}>
            {milestones.map((milestone) => (
              <li key={milestone.by}>
                <span>{f.longDay(milestone.by)}</span>
                <b>
                  {milestone.value === null
                    ? ""
                    : f.amount(estimated(one, milestone.value), one.unit)}
                </b>
              </li>
            ))}
          </ul>
          {milestones.some((milestone) => milestone.derived) && (
            <p className={styles.note}>{t("drawer.chart.milestone.derived")}</p>
          )}
        </section>
      )}
      {events.length > 0 && (
        <section className={styles.section}>
          <h3>{t("drawer.chart.events")}</h3>
          <ul className={styles.lines}>
            {events.map((event) => (
              <li key={event.on + event.what}>
                <span className="quiet">{f.day(event.on)}</span>
                <span>{event.what}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** The first and last day of the daily chart. */
function rangeOf({ daily }: IndicatorDetail): string[] {
  if (!daily.first || daily.values.length === 0) return [];
  return [daily.first, addDays(daily.first, daily.values.length - 1)];
}
