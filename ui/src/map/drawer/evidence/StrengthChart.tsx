import type { MapLink } from "../../../api/types.ts";
import { dayNumber } from "../../../i18n/day.ts";
import { useLanguage } from "../../../i18n/LanguageProvider.tsx";
import { area, line, type Plot, plot } from "../../../kit/plot.ts";
import { textWidth } from "../../../kit/textWidth.ts";
import { spread } from "../../chart/spread.ts";
import styles from "../Drawer.module.css";
import { perTen, perTenText } from "./effect.ts";

const WIDTH = 392;
const ROOM = 62;
const HEIGHT = 150;
const TOP = 18;
const AXIS = 20;

/** Strength through time with its band; where it broke: the day, its range, before and after. */
export function StrengthChart({ link }: { link: MapLink }) {
  const { t, f } = useLanguage();
  const points = link.strength;
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return null;
  const values = points.map((one) => perTen(one.elasticity));
  const lows = points.map((one) => perTen(one.lo95));
  const highs = points.map((one) => perTen(one.hi95));
  const p = plot({
    xs: points.map((one) => dayNumber(one.on)),
    series: [values, lows, highs, [0]],
    width: WIDTH - ROOM,
    height: HEIGHT - AXIS - TOP,
  });
  const [nowY = 0, zeroY = 0] = spread([p.y(perTen(last.elasticity)), p.y(0)], 14);
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={styles.chart}
      role="img"
      aria-label={t("evidence.strength.chart", {
        from: link.from_name,
        to: link.to_name,
        start: f.longDay(first.on),
        end: f.longDay(last.on),
      })}
    >
      <g transform={`translate(0 ${TOP})`}>
        {link.tracking.map((one) => {
          const from = clamp(p, one.from);
          const to = one.to === null ? p.right : clamp(p, one.to);
          return (
            <rect
              key={one.from}
              x={from}
              y={-TOP}
              width={Math.max(2, to - from)}
              height={p.bottom + TOP}
              fill="var(--g2)"
            >
              <title>{t("evidence.tracking.title")}</title>
            </rect>
          );
        })}
        {link.break && <BreakRange p={p} link={link} />}
        <path d={area(p, lows, highs)} fill="var(--ai-2)" />
        <path d={`M0 ${p.y(0)}H${p.right}`} stroke="var(--g4)" />
        <path
          d={line(p, values)}
          fill="none"
          stroke="var(--ai)"
          strokeWidth="2"
          strokeLinejoin="round"
        />
        {link.break && <BreakMark p={p} link={link} />}
        <circle cx={p.right} cy={p.y(perTen(last.elasticity))} r="3" fill="var(--ai)" />
        <text x={p.right + 8} y={nowY + 4} style={{ fill: "var(--ai)", fontWeight: 600 }}>
          {perTenText(last.elasticity)}
        </text>
        <text x={p.right + 8} y={zeroY + 4}>
          ±0%
        </text>
        <text x="0" y={HEIGHT - TOP - 4}>
          {f.longDay(first.on)}
        </text>
        <text x={p.right} y={HEIGHT - TOP - 4} textAnchor="end">
          {f.longDay(last.on)}
        </text>
      </g>
    </svg>
  );
}

/** A day's place, kept inside the plot. */
function clamp(p: Plot, day: string): number {
  return Math.min(p.right, Math.max(0, p.x(dayNumber(day))));
}

/** The days among which the break lies with 95 in 100. */
function BreakRange({ p, link }: { p: Plot; link: MapLink }) {
  if (!link.break) return null;
  const [from = link.break.date, to = link.break.date] = link.break.range;
  const x = clamp(p, from);
  return (
    <rect
      x={x}
      y={-TOP}
      width={Math.max(2, clamp(p, to) - x)}
      height={p.bottom + TOP}
      fill="var(--missed-1)"
    />
  );
}

/** The day itself, dotted, and the level of either side as a thin line. */
function BreakMark({ p, link }: { p: Plot; link: MapLink }) {
  const { f } = useLanguage();
  if (!link.break) return null;
  const { date, before, after } = link.break;
  const x = clamp(p, date);
  const day = f.day(date);
  const half = textWidth(day) / 2;
  const inside = (y: number) => Math.min(p.bottom, Math.max(0, y));
  return (
    <g>
      <path
        d={`M0 ${inside(p.y(perTen(before.elasticity)))}H${x}M${x} ${inside(p.y(perTen(after.elasticity)))}H${p.right}`}
        stroke="var(--ink)"
        strokeDasharray="4 3"
      />
      <path d={`M${x} ${p.bottom}V-2`} stroke="var(--missed)" strokeDasharray="2 3" />
      <text
        x={Math.max(half, Math.min(p.right - half, x))}
        y="-6"
        textAnchor="middle"
        style={{ fill: "var(--missed)", fontWeight: 600 }}
      >
        {day}
      </text>
    </g>
  );
}
