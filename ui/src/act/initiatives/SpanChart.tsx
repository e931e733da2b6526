import { useRef } from "react";
import type { InitiativeDay } from "../../api/useInitiatives.ts";
import { dayNumber } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { area, line, plot } from "../../kit/plot.ts";
import { textWidth } from "../../kit/textWidth.ts";
import { useSize } from "../../kit/useSize.ts";
import styles from "./initiatives.module.css";

const HEIGHT = 200;
const AXIS = 22;
const TOP = 20;

interface SpanChartProps {
  days: InitiativeDay[];
  name: string;
  unit: string;
  from: string;
  to: string;
}

/** The KPI by day, the initiative's days marked, and what was to be expected without it. */
export function SpanChart({ days, name, unit, from, to }: SpanChartProps) {
  const { t, f } = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const { w } = useSize(box, { w: 720, h: HEIGHT });
  const actual = days.map((one) => one.actual ?? null);
  const expected = days.map((one) => one.expected?.value ?? null);
  const low = days.map((one) => one.expected?.low ?? null);
  const high = days.map((one) => one.expected?.high ?? null);
  const compared = expected.some((one) => one !== null);
  const words = {
    actual: t("initiatives.chart.actual"),
    expected: t("initiatives.chart.expected"),
  };
  const side =
    w < 480 ? 0 : Math.max(textWidth(words.actual), compared ? textWidth(words.expected) : 0) + 12;
  const first = days[0];
  const last = days.at(-1);
  const p = plot({
    xs: days.map((one) => dayNumber(one.day)),
    series: [actual, low, high],
    width: Math.max(120, w - side),
    height: HEIGHT - AXIS - TOP,
    zero: true,
  });
  if (!first || !last) return null;
  const begins = p.x(dayNumber(from));
  const ends = p.x(dayNumber(to));
  const lastY = (values: (number | null)[]) => {
    const value = values.findLast((one) => one !== null);
    return value == null ? null : p.y(value);
  };
  const labels = [
    { text: words.actual, y: lastY(actual), color: "var(--ai)" },
    ...(compared ? [{ text: words.expected, y: lastY(expected), color: "var(--g5)" }] : []),
  ];
  const [a, b] = labels;
  if (a?.y != null && b?.y != null && Math.abs(a.y - b.y) < 16) {
    const up = a.y <= b.y;
    const middle = (a.y + b.y) / 2;
    a.y = middle + (up ? -8 : 8);
    b.y = middle + (up ? 8 : -8);
  }
  return (
    <figure className={styles.chart}>
      <div ref={box}>
        <svg
          width={w}
          height={HEIGHT}
          role="img"
          aria-label={t("initiatives.chart", {
            kpi: name,
            from: f.day(first.day),
            to: f.day(last.day),
          })}
        >
          <g transform={`translate(0 ${TOP})`}>
            <rect
              x={begins}
              y={0}
              width={Math.max(2, ends - begins)}
              height={p.bottom}
              fill="var(--g1)"
            />
            <text x={Math.min(begins + 4, p.right - textWidth(t("initiatives.chart.span")))} y={-6}>
              {t("initiatives.chart.span")}
            </text>
            <text x={0} y={-6} className={styles.top}>
              {begins > 110 ? f.shortAmount(p.high, unit) : ""}
            </text>
            <path d={`M0 ${p.bottom}H${p.right}`} stroke="var(--g3)" />
            <path d={area(p, low, high)} fill="var(--g3)" fillOpacity="0.55" />
            <path
              d={line(p, expected)}
              fill="none"
              stroke="var(--g5)"
              strokeWidth="1.5"
              strokeDasharray="4 3"
            />
            <path
              d={line(p, actual)}
              fill="none"
              stroke="var(--ai)"
              strokeWidth="1.8"
              strokeLinejoin="round"
            />
            <path d={`M${begins} 0V${p.bottom}`} stroke="var(--ink)" strokeDasharray="2 3" />
            {side > 0 &&
              labels.map(
                (one) =>
                  one.y !== null && (
                    <text key={one.text} x={p.right + 8} y={one.y + 4} style={{ fill: one.color }}>
                      {one.text}
                    </text>
                  ),
              )}
            <text x={0} y={p.bottom + 16}>
              {f.day(first.day)}
            </text>
            <text x={p.right} y={p.bottom + 16} textAnchor="end">
              {f.day(last.day)}
            </text>
          </g>
        </svg>
      </div>
      {side === 0 && (
        <figcaption className={styles.key}>
          {labels.map((one) => (
            <span key={one.text}>
              <i style={{ background: one.color }} />
              {one.text}
            </span>
          ))}
        </figcaption>
      )}
    </figure>
  );
}
