import type { Curve, IndicatorDetail } from "../../api/types.ts";
import { dayNumber } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { area, line, plot } from "../../kit/plot.ts";
import { useHover } from "../../kit/useHover.ts";
import { estimated } from "../card/estimate.ts";
import styles from "./Drawer.module.css";

const WIDTH = 392;
const ROOM = 62;
const HEIGHT = 200;
const AXIS = 20;

/**
 * How it moves towards its target: the running total of what adds up, the last four weeks of
 * what does not; with pace, milestones, target, landing band and what happened on the way.
 */
export function CurveChart({ detail, curve }: { detail: IndicatorDetail; curve: Curve }) {
  const { t, f } = useLanguage();
  const { hover, listeners } = useHover(curve.days.length);
  const one = detail.indicator;
  const first = curve.days[0];
  const last = curve.days.at(-1);
  if (!first || !last) return null;
  const p = plot({
    xs: curve.days.map(dayNumber),
    series: [curve.actual, curve.pace, curve.lo80, curve.hi80, [curve.target]],
    width: WIDTH - ROOM,
    height: HEIGHT - AXIS,
  });
  const nowAt = curve.actual.findLastIndex((value) => value !== null);
  const now = curve.actual[nowAt] ?? null;
  // The label keeps clear of the pace line: above when ahead of it, below when behind.
  const behind = now !== null && now < (curve.pace[nowAt] ?? now);
  const day = hover === null ? null : (curve.days[hover] ?? null);
  const at = hover === null ? null : (curve.actual[hover] ?? curve.mean[hover] ?? null);
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={styles.chart}
      role="img"
      aria-label={t(one.kind === "flow" ? "drawer.chart.cumulative" : "drawer.chart.rolling", {
        name: one.name,
        from: f.longDay(first),
        to: f.longDay(last),
      })}
      {...listeners(p.right / WIDTH)}
    >
      <path d={`M0 ${p.bottom}H${p.right}`} stroke="var(--g3)" />
      <path d={area(p, curve.lo80, curve.hi80)} fill="var(--ai-2)" />
      {curve.target !== null && (
        <>
          <path
            d={`M0 ${p.y(curve.target)}H${p.right}`}
            stroke="var(--ink)"
            strokeDasharray="1 3"
          />
          <text
            x={p.right + 8}
            y={Math.max(10, p.y(curve.target) - 3)}
            style={{ fill: "var(--ink)" }}
          >
            {t("drawer.chart.target")}
          </text>
          <text
            x={p.right + 8}
            y={Math.max(25, p.y(curve.target) + 12)}
            style={{ fill: "var(--ink)" }}
          >
            {f.shortAmount(curve.target, one.unit)}
          </text>
        </>
      )}
      {detail.events
        .filter((event) => event.on >= first && event.on <= last)
        .map((event) => (
          <path
            key={event.on + event.what}
            d={`M${p.x(dayNumber(event.on))} ${p.bottom}V0`}
            stroke="var(--g4)"
            strokeDasharray="2 3"
          >
            <title>{`${f.day(event.on)} ${event.what}`}</title>
          </path>
        ))}
      <path d={line(p, curve.pace)} fill="none" stroke="var(--ink)" strokeWidth="1" />
      <path
        d={line(p, curve.mean)}
        fill="none"
        stroke="var(--ai)"
        strokeWidth="1.5"
        strokeDasharray="3 3"
      />
      <path
        d={line(p, curve.actual)}
        fill="none"
        stroke="var(--ai)"
        strokeWidth="2.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {one.target?.milestones.map(
        (milestone) =>
          milestone.value !== null &&
          !milestone.derived &&
          milestone.by >= first &&
          milestone.by <= last && (
            <path
              key={milestone.by}
              d={`M${p.x(dayNumber(milestone.by))} ${p.y(milestone.value) - 5}l5 5-5 5-5-5Z`}
              fill="var(--card)"
              stroke="var(--ink)"
            >
              <title>
                {t("drawer.chart.milestone", {
                  day: f.day(milestone.by),
                  amount: f.amount(milestone.value, one.unit),
                })}
              </title>
            </path>
          ),
      )}
      {now !== null && (
        <>
          <circle cx={p.xs[nowAt]} cy={p.y(now)} r="3.5" fill="var(--ai)" />
          <text
            x={(p.xs[nowAt] ?? 0) + (behind ? 6 : -8)}
            y={p.y(now) + (behind ? 18 : -8)}
            textAnchor={behind ? "start" : "end"}
            style={{ fill: "var(--ai)", fontWeight: 600 }}
          >
            {f.shortAmount(now, one.unit)}
          </text>
        </>
      )}
      {hover !== null && <path d={`M${p.xs[hover]} ${p.bottom}V0`} stroke="var(--g4)" />}
      <text x="0" y={HEIGHT - 4} style={day === null ? undefined : { fill: "var(--ink)" }}>
        {day === null
          ? f.day(first)
          : `${f.longDay(day)} ${at === null ? "" : f.amount(estimated(one, at), one.unit)}`}
      </text>
      {day === null && (
        <text x={p.right} y={HEIGHT - 4} textAnchor="end">
          {f.until(last)}
        </text>
      )}
    </svg>
  );
}
