import type { ForecastReply, IndicatorDetail } from "../../../api/types.ts";
import { dayNumber, dayOf } from "../../../i18n/day.ts";
import { useLanguage } from "../../../i18n/LanguageProvider.tsx";
import { area, line, plot } from "../../../kit/plot.ts";
import { textWidth } from "../../../kit/textWidth.ts";
import { useHover } from "../../../kit/useHover.ts";
import { spread } from "../../chart/spread.ts";
import styles from "../Drawer.module.css";
import type { Fan } from "./fan.ts";

const WIDTH = 392;
const ROOM = 78;
const HEIGHT = 200;
const AXIS = 20;

interface FanChartProps {
  fan: Fan;
  reply: ForecastReply;
  detail: IndicatorDetail;
}

/** History, then a fan that holds 80 and 95 of 100 cases, with target and milestones. */
export function FanChart({ fan, reply, detail }: FanChartProps) {
  const { t, f } = useLanguage();
  const { hover, listeners } = useHover(fan.xs.length);
  const { unit } = reply;
  const target = detail.target_line;
  const first = fan.xs[0] ?? 0;
  const last = fan.xs.at(-1) ?? 0;
  const today = first + fan.now;
  // A sum's milestones are sums as well: they stand in the chart of the running total.
  const milestones =
    reply.kind === "flow"
      ? []
      : (reply.target?.milestones ?? []).filter(
          ({ by, value, derived }) =>
            value !== null && !derived && dayNumber(by) >= first && dayNumber(by) <= last,
        );
  const p = plot({
    xs: fan.xs,
    series: [fan.daily, fan.lo95, fan.hi95, [target], milestones.map(({ value }) => value)],
    width: WIDTH - ROOM,
    height: HEIGHT - AXIS,
  });
  const end = (values: (number | null)[]) => values.findLast((value) => value !== null) ?? null;
  const labels = [
    { key: "hi95", at: end(fan.hi95), text: t("fan.band95"), fill: "var(--g5)", bold: false },
    { key: "hi80", at: end(fan.hi80), text: t("fan.band80"), fill: "var(--g6)", bold: false },
    {
      key: "mean",
      at: end(fan.mean),
      text: f.shortAmount(end(fan.mean) ?? 0, unit),
      fill: "var(--ai)",
      bold: true,
    },
    {
      key: "target",
      at: target,
      text: t("map.target", { amount: f.shortAmount(target ?? 0, unit) }),
      fill: "var(--ink)",
      bold: false,
    },
  ].flatMap((label) => (label.at === null ? [] : [{ ...label, at: label.at }]));
  const ys = spread(
    labels.map((label) => p.y(label.at)),
    15,
    8,
    p.bottom - 2,
  );
  const shown = hover === null ? null : reply.days[hover - (fan.xs.length - reply.days.length)];
  const past = hover === null ? null : (fan.daily[hover] ?? null);
  const todayWords = f.day(dayOf(today));
  const half = textWidth(todayWords) / 2;
  const todayX = p.x(today);
  const startWords = f.day(dayOf(first));
  const endWords = f.day(dayOf(last));
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={styles.chart}
      role="img"
      aria-label={t("fan.chart", { name: reply.name, day: f.longDay(dayOf(last)) })}
      {...listeners(p.right / WIDTH)}
    >
      <path d={`M0 ${p.bottom}H${p.right}`} stroke="var(--g3)" />
      <path d={area(p, fan.lo95, fan.hi95)} fill="var(--ai-1)" />
      <path d={area(p, fan.lo80, fan.hi80)} fill="var(--ai-2)" />
      {target !== null && <path d={`M0 ${p.y(target)}H${p.right}`} stroke="var(--ink)" />}
      <path d={`M${todayX} ${p.bottom}V0`} stroke="var(--g3)" strokeDasharray="2 3" />
      <path d={line(p, fan.daily)} fill="none" stroke="var(--g3)" />
      <path
        d={line(p, fan.smooth)}
        fill="none"
        stroke="var(--ai)"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      <path
        d={line(p, fan.mean)}
        fill="none"
        stroke="var(--ai)"
        strokeWidth="1.5"
        strokeDasharray="3 3"
      />
      {milestones.map(
        ({ by, value }) =>
          value !== null && (
            <path
              key={by}
              d={`M${p.x(dayNumber(by))} ${p.y(value) - 5}l5 5-5 5-5-5Z`}
              fill="var(--card)"
              stroke="var(--ink)"
            >
              <title>
                {t("drawer.chart.milestone", { day: f.day(by), amount: f.amount(value, unit) })}
              </title>
            </path>
          ),
      )}
      {labels.map((label, i) => (
        <text
          key={label.key}
          x={p.right + 6}
          y={(ys[i] ?? 0) + 4}
          style={{ fill: label.fill, fontWeight: label.bold ? 600 : 400 }}
        >
          {label.text}
        </text>
      ))}
      {hover !== null && <path d={`M${p.xs[hover]} ${p.bottom}V0`} stroke="var(--g4)" />}
      {hover === null ? (
        <>
          {todayX - half > textWidth(startWords) + 8 && (
            <text x="0" y={HEIGHT - 4}>
              {startWords}
            </text>
          )}
          <text x={todayX} y={HEIGHT - 4} textAnchor="middle" style={{ fill: "var(--ink)" }}>
            {todayWords}
          </text>
          {todayX + half < p.right - textWidth(endWords) - 8 && (
            <text x={p.right} y={HEIGHT - 4} textAnchor="end">
              {endWords}
            </text>
          )}
        </>
      ) : (
        <text x="0" y={HEIGHT - 4} style={{ fill: "var(--ink)" }}>
          {shown?.mean != null && shown.lo80 !== null && shown.hi80 !== null
            ? t("fan.day", {
                day: f.weekday(shown.date),
                mean: f.shortAmount(shown.mean, unit),
                low: f.shortAmount(shown.lo80, unit),
                high: f.shortAmount(shown.hi80, unit),
              })
            : `${f.weekday(dayOf(first + hover))} ${past === null ? t("map.noValue") : f.amount(past, unit)}`}
        </text>
      )}
    </svg>
  );
}
