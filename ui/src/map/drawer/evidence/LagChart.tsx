import type { MapLink } from "../../../api/types.ts";
import { useLanguage } from "../../../i18n/LanguageProvider.tsx";
import { plot } from "../../../kit/plot.ts";
import { textWidth } from "../../../kit/textWidth.ts";
import { lagWords } from "../../board/lag.ts";
import styles from "../Drawer.module.css";
import { perTen, perTenText, Z95 } from "./effect.ts";

const WIDTH = 392;
const SIDE = 8;
const HEIGHT = 132;
const TOP = 16;
const AXIS = 20;
const WEEK = 7;

/** Effect by lag: a dot with its 95 % whisker each; the lags that count are tinted. */
export function LagChart({ link }: { link: MapLink }) {
  const { t } = useLanguage();
  const { profile } = link;
  // Only where something was found is there a range of days to point at.
  const range = link.verdict === "moves" ? link.lag_range : null;
  const first = profile[0];
  const last = profile.at(-1);
  if (!first || !last || profile.length < 2) return null;
  const rows = profile.map((one) => ({
    lag: one.lag,
    elasticity: one.elasticity,
    at: perTen(one.elasticity),
    low: one.elasticity - Z95 * one.se,
    high: one.elasticity + Z95 * one.se,
  }));
  const p = plot({
    xs: rows.map((row) => row.lag),
    series: [rows.map((row) => perTen(row.low)), rows.map((row) => perTen(row.high)), [0]],
    width: WIDTH - SIDE * 2,
    height: HEIGHT - AXIS - TOP,
  });
  const half = (p.right / (last.lag - first.lag || 1)) * 0.5;
  const peak = rows.reduce((a, b) => (Math.abs(b.at) > Math.abs(a.at) ? b : a));
  const peakText = perTenText(peak.elasticity);
  const say = (lag: number) => lagWords(String(lag), t);
  const lastWords = say(last.lag);
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={styles.chart}
      role="img"
      aria-label={t("evidence.lag.chart", { from: link.from_name, to: link.to_name })}
    >
      <g transform={`translate(${SIDE} ${TOP})`}>
        {range && (
          <rect
            x={Math.max(-SIDE, p.x(range[0] ?? 0) - half)}
            y={-TOP}
            width={
              Math.min(p.right + SIDE, p.x(range[1] ?? 0) + half) -
              Math.max(-SIDE, p.x(range[0] ?? 0) - half)
            }
            height={p.bottom + TOP}
            fill="var(--ai-1)"
          />
        )}
        <path d={`M${-SIDE} ${p.y(0)}H${p.right + SIDE}`} stroke="var(--g4)" />
        {rows.map((row) => {
          const counts = range && row.lag >= (range[0] ?? 0) && row.lag <= (range[1] ?? 0);
          return (
            <g
              key={row.lag}
              stroke={counts ? "var(--ai)" : "var(--g4)"}
              fill={counts ? "var(--ai)" : "var(--g4)"}
            >
              <path
                d={`M${p.x(row.lag)} ${p.y(perTen(row.low))}V${p.y(perTen(row.high))}`}
                strokeWidth="1.5"
              />
              <circle cx={p.x(row.lag)} cy={p.y(row.at)} r="3" stroke="none" />
              <path
                d={`M${p.x(row.lag)} ${-TOP}V${p.bottom}`}
                stroke="transparent"
                strokeWidth={half * 2}
              >
                <title>
                  {t("evidence.lag.point", {
                    lag: say(row.lag),
                    effect: perTenText(row.elasticity),
                    low: perTenText(row.low),
                    high: perTenText(row.high),
                  })}
                </title>
              </path>
            </g>
          );
        })}
        {range && (
          <text
            x={Math.max(
              textWidth(peakText) / 2,
              Math.min(p.right - textWidth(peakText) / 2, p.x(peak.lag)),
            )}
            y={peak.at < 0 ? p.y(perTen(peak.low)) + 13 : Math.max(-4, p.y(perTen(peak.high)) - 5)}
            textAnchor="middle"
            style={{ fill: "var(--ink)", fontWeight: 600 }}
          >
            {peakText}
          </text>
        )}
        {rows
          .filter(({ lag }) => lag === first.lag || lag === last.lag || lag % WEEK === 0)
          .filter(
            ({ lag }) =>
              lag === first.lag ||
              lag === last.lag ||
              (p.x(lag) > textWidth(say(first.lag)) + 24 &&
                p.x(lag) < p.right - textWidth(lastWords) - 24),
          )
          .map(({ lag }) => (
            <text
              key={lag}
              x={lag === first.lag ? -SIDE : lag === last.lag ? p.right + SIDE : p.x(lag)}
              y={HEIGHT - TOP - 4}
              textAnchor={lag === first.lag ? "start" : lag === last.lag ? "end" : "middle"}
            >
              {say(lag)}
            </text>
          ))}
      </g>
    </svg>
  );
}
