import { useId, useRef } from "react";
import type { LeversReply, WhatIfResult } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { textWidth } from "../../kit/textWidth.ts";
import { useSize } from "../../kit/useSize.ts";
import { path, ticks } from "./curve.ts";
import { labelPlace } from "./labelPlace.ts";
import styles from "./whatif.module.css";

const HEIGHT = 152;
const BASE = 132;
const TOP = 38;

interface DistributionProps {
  kgi: LeversReply["kgi"];
  result: WhatIfResult["kgi"];
  /** Something is moved: two curves instead of one. */
  moved: boolean;
  title: string;
}

/** How likely each landing is, as it is and with the plan, on one axis with the target. */
export function Distribution({ kgi, result, moved, title }: DistributionProps) {
  const { t, f } = useLanguage();
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const { w: width } = useSize(place, { w: 396, h: HEIGHT });
  const d = cropped(result.distribution);
  const low = d?.x[0] ?? 0;
  const high = d?.x.at(-1) ?? 1;
  if (!d || d.x.length < 2 || high <= low) return null;
  const target = result.target;
  const most = Math.max(...d.before, ...d.after);
  const x = (value: number) => ((value - low) / (high - low)) * width;
  const y = (density: number) => BASE - (density / most) * (BASE - TOP);
  const points = (densities: number[]) =>
    d.x.map((value, i) => ({ x: x(value), y: y(densities[i] ?? 0) }));
  const after = points(d.after);
  const up = kgi.target?.direction !== "down";
  const targetX = target !== null && target >= low && target <= high ? x(target) : null;
  // The plan's name stands on the side it moved to, the other's on the other.
  const ahead = (result.landing_after ?? 0) >= (result.landing_before ?? 0);
  const unit = f.short(high, kgi.unit).unit;
  const targetLabel =
    target === null ? "" : t("whatif.target", { amount: f.shortAmount(target, kgi.unit) });
  const labelLeft = targetX !== null && targetX - 6 > textWidth(targetLabel);
  const said = (value: number | null) => (value === null ? "—" : f.amount(value, kgi.unit));
  return (
    <div ref={place} className={styles.plot}>
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={t("whatif.chart.said", {
          title,
          before: said(result.landing_before),
          after: said(result.landing_after),
        })}
      >
        <clipPath id={id}>
          {up ? (
            <rect x={targetX ?? 0} y="0" width={width - (targetX ?? 0)} height={BASE} />
          ) : (
            <rect x="0" y="0" width={targetX ?? width} height={BASE} />
          )}
        </clipPath>
        {/* Where the target lies outside of the picture, all of the hill is on one side of it. */}
        {(targetX !== null || target === null || target < low === up) && (
          <path
            d={`${path(after)}V${BASE}H0Z`}
            fill={moved ? "var(--ai-2)" : "var(--ai-1)"}
            clipPath={`url(#${id})`}
          />
        )}
        <path
          d={path(points(d.before))}
          fill="none"
          stroke={moved ? "var(--g4)" : "var(--ai)"}
          strokeWidth={moved ? 1.5 : 2}
        />
        {moved && <path d={path(after)} fill="none" stroke="var(--ai)" strokeWidth="2" />}
        <path d={`M0 ${BASE}H${width}`} stroke="var(--g3)" />
        {targetX !== null && (
          <>
            <path d={`M${targetX} ${BASE}V6`} stroke="var(--ink)" strokeWidth="1.5" />
            <text
              x={targetX + (labelLeft ? -6 : 6)}
              y="16"
              textAnchor={labelLeft ? "end" : "start"}
              style={{ fill: "var(--ink)" }}
            >
              {targetLabel}
            </text>
          </>
        )}
        {(
          [
            {
              text: t("whatif.asIs"),
              densities: d.before,
              side: ahead ? "left" : "right",
              plan: false,
            },
            {
              text: t("whatif.plan"),
              densities: d.after,
              side: ahead ? "right" : "left",
              plan: true,
            },
          ] as const
        )
          .filter((one) => moved || !one.plan)
          .map(({ text, densities, side, plan }) => {
            const at = labelPlace({
              hill: points(densities),
              other: moved ? points(plan ? d.before : d.after) : [],
              base: BASE,
              long: textWidth(text),
              width,
              side,
              lineX: targetX,
            });
            return (
              <text
                key={text}
                x={at.x}
                y={at.y}
                style={plan ? { fill: "var(--ai)", fontWeight: 600 } : undefined}
                stroke="var(--card)"
                strokeWidth="3"
                paintOrder="stroke"
              >
                {text}
              </text>
            );
          })}
        {ticks(low, high).map((tick) => {
          const label = f.short(tick, kgi.unit).number;
          const half = textWidth(label) / 2;
          const fits = x(tick) - half >= 0 && x(tick) + half <= width - textWidth(unit) - 6;
          return fits ? (
            <text key={tick} x={x(tick)} y={HEIGHT - 4} textAnchor="middle">
              {label}
            </text>
          ) : null;
        })}
        <text x={width} y={HEIGHT - 4} textAnchor="end">
          {unit}
        </text>
      </svg>
    </div>
  );
}

/** Without the tails nobody sees: they would squeeze what matters. */
function cropped(d: WhatIfResult["kgi"]["distribution"]): WhatIfResult["kgi"]["distribution"] {
  if (!d) return d;
  const least = Math.max(...d.before, ...d.after) * 0.008;
  const seen = (_: number, i: number) => Math.max(d.before[i] ?? 0, d.after[i] ?? 0) > least;
  const from = Math.max(0, d.x.findIndex(seen) - 1);
  const to = d.x.findLastIndex(seen) + 2;
  const cut = (values: number[]) => values.slice(from, to);
  return { x: cut(d.x), before: cut(d.before), after: cut(d.after) };
}
