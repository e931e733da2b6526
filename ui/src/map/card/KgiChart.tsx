import type { Curve } from "../../api/types.ts";
import { dayNumber } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { area, line, type Plot, plot } from "../../kit/plot.ts";
import { textWidth } from "../../kit/textWidth.ts";

interface KgiChartProps {
  curve: Curve;
  unit: string;
  asOf: string;
  width: number;
  height: number;
  label: string;
  /** The as-of day is the latest there is. */
  latest: boolean;
}

/** The road so far, today's pace as a thin line to the target, and the landing as a band. */
export function KgiChart({ curve, unit, asOf, width, height, label, latest }: KgiChartProps) {
  const { t, f } = useLanguage();
  const first = curve.days[0];
  const last = curve.days.at(-1);
  if (!first || !last) return null;
  const end = curve.target === null ? "" : f.shortAmount(curve.target, unit);
  const room = Math.max(24, textWidth(end) + 6);
  const p = plot({
    xs: curve.days.map(dayNumber),
    series: [curve.actual, curve.pace, curve.lo80, curve.hi80, curve.mean, [curve.target]],
    width: width - room,
    height: height - 20,
  });
  const today = p.x(Math.min(dayNumber(asOf), dayNumber(last)));
  const now = lastPoint(p, curve.actual);
  const todayLabel = latest ? t("map.kgi.today") : f.day(asOf);
  const half = textWidth(todayLabel) / 2;
  return (
    <svg width={width} height={height} overflow="visible" role="img" aria-label={label}>
      <path d={`M0 ${p.bottom}H${p.right}`} stroke="var(--g3)" />
      <path d={area(p, curve.lo80, curve.hi80)} fill="var(--ai-2)" />
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
      {now && (
        <>
          <path d={`M${today} ${p.bottom}V${now.y}`} stroke="var(--g3)" strokeDasharray="2 3" />
          <circle cx={now.x} cy={now.y} r="3.5" fill="var(--ai)" />
        </>
      )}
      {curve.target !== null && (
        <text
          x={p.right + 6}
          y={Math.max(10, p.y(curve.target) + 4)}
          style={{ fill: "var(--ink)" }}
        >
          {end}
        </text>
      )}
      {today - half > textWidth(f.from(first)) + 6 && (
        <text x="0" y={height - 4}>
          {f.from(first)}
        </text>
      )}
      {now && (
        <text
          x={Math.max(half, Math.min(today, p.right - half))}
          y={height - 4}
          textAnchor="middle"
          style={{ fill: "var(--ink)" }}
        >
          {todayLabel}
        </text>
      )}
      {today + half < p.right - textWidth(f.until(last)) - 6 && (
        <text x={p.right} y={height - 4} textAnchor="end">
          {f.until(last)}
        </text>
      )}
    </svg>
  );
}

function lastPoint(p: Plot, values: (number | null)[]): { x: number; y: number } | null {
  const at = values.findLastIndex((value) => value !== null);
  const value = values[at];
  const x = p.xs[at];
  return value == null || x === undefined ? null : { x, y: p.y(value) };
}
