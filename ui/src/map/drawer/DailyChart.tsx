import type { IndicatorDetail } from "../../api/types.ts";
import { addDays, dayNumber, dayOf } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { line, movingMean, plot } from "../../kit/plot.ts";
import { textWidth } from "../../kit/textWidth.ts";
import { useHover } from "../../kit/useHover.ts";
import styles from "./Drawer.module.css";

const WIDTH = 392;
const ROOM = 62;
const HEIGHT = 160;
const AXIS = 20;
const WEEK = 7;
/** Longer than this the days are drawn thin and the week's mean on top. */
export const LONG = 75;

/** Day by day, with the line it is compared with and what happened. */
export function DailyChart({ detail }: { detail: IndicatorDetail }) {
  const { t, f } = useLanguage();
  const { indicator: one, daily, target_line: target, pace_line: pace } = detail;
  const first = daily.first;
  const { hover, listeners } = useHover(daily.values.length);
  if (!first || daily.values.every((value) => value === null)) {
    return <p className={styles.note}>{one.no_value ?? t("map.noData")}</p>;
  }
  const start = dayNumber(first);
  const xs = daily.values.map((_, i) => start + i);
  const paces = pace?.first ? aligned(pace.values, dayNumber(pace.first), start, xs.length) : [];
  const thin = daily.values.length > LONG;
  const smooth = thin ? movingMean(daily.values, WEEK) : daily.values;
  const p = plot({
    xs,
    series: [daily.values, paces, [target]],
    width: WIDTH - ROOM,
    height: HEIGHT - AXIS,
  });
  const lastAt = smooth.findLastIndex((value) => value !== null);
  const last = smooth[lastAt] ?? null;
  const lastDay = addDays(first, daily.values.length - 1);
  const shown = hover === null ? null : (daily.values[hover] ?? null);
  const targetY = target === null ? null : p.y(target);
  const lastY = last === null ? null : p.y(last);
  // Two labels at the line's end must not lie on each other.
  const close = targetY !== null && lastY !== null && Math.abs(targetY - lastY) < 30;
  const push = close && targetY !== null && lastY !== null ? (lastY >= targetY ? 16 : -16) : 0;
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={styles.chart}
      role="img"
      aria-label={t("drawer.chart.daily", {
        name: one.name,
        from: f.longDay(first),
        to: f.longDay(lastDay),
      })}
      {...listeners(p.right / WIDTH)}
    >
      <path d={`M0 ${p.bottom}H${p.right}`} stroke="var(--g3)" />
      {detail.events
        .filter((event) => dayNumber(event.on) >= start && event.on <= lastDay)
        .map((event) => (
          <path
            key={event.on + event.what}
            d={`M${p.x(dayNumber(event.on))} ${p.bottom}V6`}
            stroke="var(--g4)"
            strokeDasharray="2 3"
          >
            <title>{`${f.day(event.on)} ${event.what}`}</title>
          </path>
        ))}
      {paces.length > 0 && (
        <path d={line(p, paces)} fill="none" stroke="var(--ink)" strokeWidth="1" />
      )}
      {target !== null && targetY !== null && (
        <>
          <path d={`M0 ${targetY}H${p.right}`} stroke="var(--ink)" />
          <text x={p.right + 8} y={Math.max(10, targetY - 3)} style={{ fill: "var(--ink)" }}>
            {t("drawer.chart.target")}
          </text>
          <text x={p.right + 8} y={Math.max(25, targetY + 12)} style={{ fill: "var(--ink)" }}>
            {f.shortAmount(target, one.unit)}
          </text>
        </>
      )}
      {thin && <path d={line(p, daily.values)} fill="none" stroke="var(--g3)" strokeWidth="1" />}
      <path
        d={line(p, smooth)}
        fill="none"
        stroke="var(--ai)"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      {last !== null && lastY !== null && (
        <>
          <circle cx={p.xs[lastAt]} cy={lastY} r="3.5" fill="var(--ai)" />
          <text x={p.right + 8} y={lastY + 4 + push} style={{ fill: "var(--ai)", fontWeight: 600 }}>
            {f.shortAmount(last, one.unit)}
          </text>
        </>
      )}
      {hover !== null && (
        <>
          <path d={`M${p.xs[hover]} ${p.bottom}V0`} stroke="var(--g4)" />
          {shown !== null && <circle cx={p.xs[hover]} cy={p.y(shown)} r="3" fill="var(--ink)" />}
        </>
      )}
      <text x="0" y={HEIGHT - 4} style={hover === null ? undefined : { fill: "var(--ink)" }}>
        {hover === null
          ? f.day(first)
          : `${f.weekday(dayOf(start + hover))} ${shown === null ? t("map.noValue") : f.amount(shown, one.unit)}`}
      </text>
      {hover === null &&
        eventDays(
          detail,
          start,
          lastDay,
          p.x,
          p.right,
          textWidth(f.day(first)),
          textWidth(f.day(lastDay)),
        ).map((day) => (
          <text
            key={day}
            x={p.x(dayNumber(day))}
            y={HEIGHT - 4}
            textAnchor="middle"
            style={{ fill: "var(--ink)" }}
          >
            {f.day(day)}
          </text>
        ))}
      {hover === null && (
        <text x={p.right} y={HEIGHT - 4} textAnchor="end">
          {f.day(lastDay)}
        </text>
      )}
    </svg>
  );
}

/** Days of events whose date can stand under the axis without touching another. */
function eventDays(
  detail: IndicatorDetail,
  start: number,
  last: string,
  x: (day: number) => number,
  right: number,
  firstLabel: number,
  lastLabel: number,
): string[] {
  const half = lastLabel / 2;
  let free = firstLabel + 8;
  const days = [...new Set(detail.events.map((event) => event.on))].sort();
  return days.filter((day) => {
    if (dayNumber(day) < start || day > last) return false;
    const at = x(dayNumber(day));
    if (at - half < free || at + half > right - lastLabel - 8) return false;
    free = at + half + 8;
    return true;
  });
}

/** Another line's values on this one's days. */
function aligned(
  values: (number | null)[],
  from: number,
  start: number,
  length: number,
): (number | null)[] {
  return Array.from({ length }, (_, i) => values[start + i - from] ?? null);
}
