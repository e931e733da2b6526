import { useRef } from "react";
import type { SheetGoal } from "../../api/useStanding.ts";
import { dayNumber } from "../../i18n/day.ts";
import { area, line, plot } from "../../kit/plot.ts";
import { textWidth } from "../../kit/textWidth.ts";
import { useSize } from "../../kit/useSize.ts";
import styles from "./sheet.module.css";

const HEIGHT = 190;
const FOOT = 20;

/** The road so far, the pace to the target, and where it is heading: the words are the page's own. */
export function Road({ goal, asOf }: { goal: SheetGoal; asOf: string }) {
  const box = useRef<HTMLDivElement>(null);
  const { w } = useSize(box, { w: 420, h: HEIGHT });
  const { curve, curve_marks: marks } = goal;
  const last = curve?.days.at(-1);
  if (!curve || !last) return null;
  const room = Math.max(16, textWidth(marks.target) + 8);
  const p = plot({
    xs: curve.days.map(dayNumber),
    series: [curve.actual, curve.pace, curve.lo80, curve.hi80, curve.mean, [curve.target]],
    width: Math.max(60, w - room),
    height: HEIGHT - FOOT,
  });
  const at = curve.actual.findLastIndex((value) => value !== null);
  const value = curve.actual[at];
  const x = p.x(Math.min(dayNumber(asOf), dayNumber(last)));
  const half = textWidth(marks.today) / 2;
  const here = Math.max(half, Math.min(x, p.right - half));
  return (
    <div ref={box} className={styles.road}>
      <svg width={w} height={HEIGHT} role="img" aria-label={goal.name}>
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
        {value != null && (
          <>
            <path d={`M${x} ${p.bottom}V${p.y(value)}`} stroke="var(--g3)" strokeDasharray="2 3" />
            <circle cx={p.xs[at]} cy={p.y(value)} r="4" fill="var(--ai)" />
          </>
        )}
        {curve.target !== null && (
          <text
            x={p.right + 6}
            y={Math.max(10, p.y(curve.target) + 4)}
            style={{ fill: "var(--ink)" }}
          >
            {marks.target}
          </text>
        )}
        {here - half > textWidth(marks.from) + 6 && (
          <text x="0" y={HEIGHT - 4}>
            {marks.from}
          </text>
        )}
        <text x={here} y={HEIGHT - 4} textAnchor="middle" style={{ fill: "var(--ink)" }}>
          {marks.today}
        </text>
        {here + half < p.right - textWidth(marks.by) - 6 && (
          <text x={p.right} y={HEIGHT - 4} textAnchor="end">
            {marks.by}
          </text>
        )}
      </svg>
    </div>
  );
}
