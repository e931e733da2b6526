import type { FindingChart } from "../../api/types.ts";
import { dayNumber } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { line, movingMean, plot } from "../../kit/plot.ts";
import { textWidth } from "../../kit/textWidth.ts";

const WIDTH = 208;
const HEIGHT = 92;
const AXIS = 18;
const WEEK = 7;
/** Longer than this the days are drawn as the mean of their week: weekdays make teeth. */
const LONG = 60;
/** Height of a label. */
const LINE = 14;

/** How high it stood and stands, with the day it changed. */
export function LevelChart({ chart }: { chart: FindingChart }) {
  const { t, f } = useLanguage();
  const first = chart.points[0];
  const last = chart.points.at(-1);
  const raw = chart.points.map((point) => point.value);
  if (!first || !last || raw.every((value) => value === null)) return null;
  const values = raw.length > LONG ? movingMean(raw, WEEK) : raw;
  const end = values.findLast((value) => value !== null) ?? null;
  const now = chart.after ?? end;
  const ends = [
    { value: chart.before, color: "var(--g5)", strong: false },
    { value: chart.target, color: "var(--ink)", strong: false },
    { value: now, color: "var(--ai)", strong: true },
  ].flatMap((one) =>
    one.value === null
      ? []
      : [{ ...one, value: one.value, text: f.shortAmount(one.value, chart.unit) }],
  );
  const room = Math.max(...ends.map((one) => textWidth(one.text)), 24) + 10;
  const p = plot({
    xs: chart.points.map((point) => dayNumber(point.date)),
    series: [values, ends.map((one) => one.value)],
    width: WIDTH - room,
    height: HEIGHT - AXIS,
  });
  const breakX = chart.break === null ? null : p.x(dayNumber(chart.break));
  // The label speaks of the line's end, or else of the level the dashes show.
  const atEnd = end !== null && now !== null && Math.abs(p.y(end) - p.y(now)) < LINE / 2;
  const labels = apart(ends.map((one) => p.y(one.value) + 4));
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={t("ask.chart.line", {
        label: chart.label,
        from: f.day(first.date),
        to: f.day(last.date),
      })}
    >
      <path d={`M0 ${p.bottom}H${p.right}`} stroke="var(--g3)" />
      {chart.before !== null && (
        <rect x="0" y={p.y(chart.before) - 8} width={p.right} height="16" fill="var(--g1)" />
      )}
      {chart.target !== null && (
        <path d={`M0 ${p.y(chart.target)}H${p.right}`} stroke="var(--ink)" />
      )}
      <path
        d={line(p, values)}
        fill="none"
        stroke="var(--ai)"
        strokeWidth="1.8"
        strokeLinejoin="round"
      />
      {chart.after !== null && breakX !== null && !atEnd && (
        <path
          d={`M${breakX} ${p.y(chart.after)}H${p.right + 5}`}
          stroke="var(--ai)"
          strokeDasharray="4 3"
        />
      )}
      {end !== null && atEnd && (
        <circle
          cx={p.xs[values.findLastIndex((value) => value !== null)]}
          cy={p.y(end)}
          r="3"
          fill="var(--ai)"
        />
      )}
      {breakX !== null && chart.break !== null && (
        <Break
          x={breakX}
          bottom={p.bottom}
          height={HEIGHT}
          right={p.right}
          day={f.day(chart.break)}
        />
      )}
      {ends.map((one, i) => (
        <text
          key={one.color}
          x={p.right + 8}
          y={labels[i]}
          style={{ fill: one.color, fontWeight: one.strong ? 600 : 400 }}
        >
          {one.text}
          {one.color === "var(--ink)" && <title>{t("ask.chart.target")}</title>}
        </text>
      ))}
      {breakX === null && (
        <>
          <text x="0" y={HEIGHT - 3}>
            {f.day(first.date)}
          </text>
          <text x={p.right} y={HEIGHT - 3} textAnchor="end">
            {f.day(last.date)}
          </text>
        </>
      )}
    </svg>
  );
}

interface BreakProps {
  x: number;
  bottom: number;
  height: number;
  right: number;
  day: string;
}

/** The dated day on which it broke. */
export function Break({ x, bottom, height, right, day }: BreakProps) {
  const half = textWidth(day) / 2;
  return (
    <>
      <path d={`M${x} ${bottom}V0`} stroke="var(--missed)" strokeDasharray="2 3" />
      <text
        x={Math.min(Math.max(x, half), Math.max(half, right - half))}
        y={height - 3}
        textAnchor="middle"
        style={{ fill: "var(--missed)" }}
      >
        {day}
      </text>
    </>
  );
}

/** Labels moved down until none lies on another, in their own order. */
export function apart(ys: number[]): number[] {
  const order = ys.map((_, i) => i).sort((a, b) => (ys[a] ?? 0) - (ys[b] ?? 0));
  const out = [...ys];
  let free = Number.NEGATIVE_INFINITY;
  for (const i of order) {
    const y = Math.max(out[i] ?? 0, free);
    out[i] = y;
    free = y + LINE;
  }
  return out;
}
