import type { FindingChart } from "../../api/types.ts";
import { dayNumber } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { area, line, plot } from "../../kit/plot.ts";
import { textWidth } from "../../kit/textWidth.ts";
import { Break } from "./LevelChart.tsx";

const WIDTH = 208;
const HEIGHT = 96;
const AXIS = 18;

/** How strongly the one moved the other through time, with its band and the day it broke. */
export function StrengthChart({ chart }: { chart: FindingChart }) {
  const { t, f } = useLanguage();
  const first = chart.points[0];
  const last = chart.points.at(-1);
  if (!first || !last) return null;
  const zero = t("ask.chart.zero");
  const values = chart.points.map((point) => point.value);
  const lows = chart.points.map((point) => point.lo);
  const highs = chart.points.map((point) => point.hi);
  const p = plot({
    xs: chart.points.map((point) => dayNumber(point.date)),
    series: [values, lows, highs, [0]],
    width: WIDTH - textWidth(zero) - 10,
    height: HEIGHT - AXIS,
  });
  const label = t("ask.chart.strength");
  const breakX = chart.break === null ? null : p.x(dayNumber(chart.break));
  // The line's name stands at the left unless the date of the break is there.
  const roomLeft =
    breakX === null ||
    breakX - textWidth(f.day(chart.break ?? first.date)) / 2 > textWidth(label) + 6;
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={t("ask.chart.line", {
        label: chart.label || label,
        from: f.day(first.date),
        to: f.day(last.date),
      })}
    >
      <path d={area(p, lows, highs)} fill="var(--ai-2)" />
      <path d={`M0 ${p.y(0)}H${p.right}`} stroke="var(--g4)" />
      <path
        d={line(p, values)}
        fill="none"
        stroke="var(--ai)"
        strokeWidth="1.8"
        strokeLinejoin="round"
      />
      <text x={p.right + 8} y={p.y(0) + 4} style={{ fill: "var(--ink)" }}>
        {zero}
      </text>
      {breakX !== null && chart.break !== null && (
        <Break
          x={breakX}
          bottom={p.bottom}
          height={HEIGHT}
          right={p.right}
          day={f.day(chart.break)}
        />
      )}
      {roomLeft && (
        <text x="0" y={HEIGHT - 3}>
          {label}
        </text>
      )}
    </svg>
  );
}
