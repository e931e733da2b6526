import { useRef } from "react";
import type { DayNumbers } from "../../api/types.ts";
import { dayNumber } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { area, line, plot } from "../../kit/plot.ts";
import { textWidth } from "../../kit/textWidth.ts";
import { useHover } from "../../kit/useHover.ts";
import { useSize } from "../../kit/useSize.ts";
import { type Figure, figureOf } from "./change.ts";
import styles from "./overview.module.css";
import { useFigureWords } from "./useFigureWords.ts";

interface DaysChartProps {
  days: DayNumbers[];
  /** Day by day beside `days`; empty: nothing to compare with. */
  before: DayNumbers[];
  figure: Figure;
  /** Is not over yet, so it is drawn apart. */
  today: string;
  /** What the grey line is called. */
  against: string;
}

const HEIGHT = 208;
const AXIS = 24;

/** The days of this span in 藍, those compared with in grey; today, not over yet, hollow. */
export function DaysChart({ days, before, figure, today, against }: DaysChartProps) {
  const { t, f } = useLanguage();
  const words = useFigureWords();
  const box = useRef<HTMLDivElement>(null);
  const { w } = useSize(box, { w: 1100, h: HEIGHT });
  const { hover, listeners } = useHover(days.length);
  const label = Math.max(textWidth(t("overview.chart.now")), textWidth(against)) + 16;
  const room = before.length > 0 ? label : 16;
  const values = days.map((one) => figureOf(one, figure));
  const was = days.map((_, i) => {
    const one = before[i];
    return one ? figureOf(one, figure) : null;
  });
  const partial = days.at(-1)?.date === today;
  const over = partial ? values.map((one, i) => (i === values.length - 1 ? null : one)) : values;
  const xs = days.map((one) => dayNumber(one.date));
  const p = plot({
    xs,
    series: [values, was],
    width: w - room,
    height: HEIGHT - AXIS,
    zero: true,
  });
  const mark = roundBelow(p.high);
  const last = values.length - 1;
  const end = over.findLastIndex((one) => one !== null);
  const endY = p.y(over[end] ?? 0);
  const wasEnd = was.findLastIndex((one) => one !== null);
  const wasY = p.y(was[wasEnd] ?? 0);
  const push = wasEnd >= 0 && Math.abs(endY - wasY) < 16 ? (endY <= wasY ? -8 : 8) : 0;
  const zeros = over.map((one) => (one === null ? null : 0));
  const at = hover ?? null;
  const first = days[0];
  const final = days.at(-1);
  const said =
    at === null
      ? null
      : [
          f.weekday(days[at]?.date ?? ""),
          words.amount(figure, values[at] ?? null) +
            (partial && at === last ? t("overview.chart.partial") : ""),
          ...(was[at] == null ? [] : [`${against} ${words.amount(figure, was[at] ?? null)}`]),
        ];
  return (
    <div ref={box} className={styles.chart}>
      <svg
        width={w}
        height={HEIGHT}
        viewBox={`0 0 ${w} ${HEIGHT}`}
        role="img"
        aria-label={t("overview.chart", {
          name: words.name(figure),
          from: first ? f.longDay(first.date) : "",
          to: final ? f.longDay(final.date) : "",
        })}
        {...listeners(p.right / w)}
      >
        <path d={area(p, zeros, over)} fill="var(--ai-1)" />
        <path d={`M0 ${p.y(mark)}H${p.right}`} stroke="var(--g2)" />
        <path d={`M0 ${p.bottom}H${p.right}`} stroke="var(--g3)" />
        <path d={line(p, was)} fill="none" stroke="var(--g4)" strokeWidth="1.5" />
        <path
          d={line(p, over)}
          fill="none"
          stroke="var(--ai)"
          strokeWidth="2"
          strokeLinejoin="round"
        />
        {partial && values[last] != null && (
          <>
            {last > 0 && over[last - 1] != null && (
              <path
                d={`M${p.xs[last - 1]} ${p.y(over[last - 1] ?? 0)}L${p.xs[last]} ${p.y(values[last] ?? 0)}`}
                stroke="var(--ai)"
                strokeWidth="1.5"
                strokeDasharray="3 3"
              />
            )}
            <circle
              cx={p.xs[last]}
              cy={p.y(values[last] ?? 0)}
              r="3.5"
              fill="var(--card)"
              stroke="var(--ai)"
              strokeWidth="1.5"
            />
          </>
        )}
        {before.length > 0 && (
          <>
            <text
              x={p.right + 8}
              y={endY + 4 + push}
              style={{ fill: "var(--ai)", fontWeight: 600 }}
            >
              {t("overview.chart.now")}
            </text>
            {wasEnd >= 0 && (
              <text x={p.right + 8} y={wasY + 4 - push}>
                {against}
              </text>
            )}
          </>
        )}
        {at !== null && (
          <>
            <path d={`M${p.xs[at]} ${p.bottom}V0`} stroke="var(--g4)" />
            {values[at] != null && (
              <circle cx={p.xs[at]} cy={p.y(values[at] ?? 0)} r="3" fill="var(--ink)" />
            )}
          </>
        )}
        <text x="0" y={p.y(mark) - 5}>
          {words.amount(figure, mark)}
        </text>
        {said ? (
          <text x="0" y={HEIGHT - 6} style={{ fill: "var(--ink)" }}>
            {f.facts(said)}
          </text>
        ) : (
          <>
            <text x="0" y={HEIGHT - 6}>
              {first && f.day(first.date)}
            </text>
            <text x={p.right} y={HEIGHT - 6} textAnchor="end">
              {final &&
                (partial
                  ? t("overview.chart.today", { day: f.day(final.date) })
                  : f.day(final.date))}
            </text>
          </>
        )}
      </svg>
    </div>
  );
}

/** The largest of 1, 2, 5, 10, 20, 50, … that is not above a value: a height to read the others by. */
function roundBelow(high: number): number {
  const ten = 10 ** Math.floor(Math.log10(high));
  return (high >= 5 * ten ? 5 : high >= 2 * ten ? 2 : 1) * ten;
}
