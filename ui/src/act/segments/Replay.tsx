import { useRef } from "react";
import { type ReplayReply, useReplay } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import { useSize } from "../../kit/useSize.ts";
import { type Condition, isEmpty, isFinished, isOfDeeds } from "../conditions/condition.ts";
import styles from "./segments.module.css";

const DAYS = 92;
const HEIGHT = 148;
const FOOT = 22;
const HEAD = 20;
const LABEL = 26; // half of the longest day, so that the first one stays within the card

/** How many a condition would have become true of, week by week, over the last three months. */
export function Replay({ ws, condition }: { ws: string; condition: Condition }) {
  const { t, f } = useLanguage();
  const settled = JSON.parse(useSettled(JSON.stringify(condition), 600)) as Condition;
  const ready = !isEmpty(settled) && isFinished(settled) && isOfDeeds(settled);
  const { data, error, isFetching } = useReplay(ws, settled, DAYS, ready);
  if (!ready) return null;
  return (
    <Card className={styles.stack} aria-label={t("segments.replay")}>
      <div>
        <h3>{t("segments.replay")}</h3>
        <p className="quiet">{t("segments.replay.line")}</p>
      </div>
      {error ? (
        <p className="quiet">{error.message}</p>
      ) : !data ? (
        <>
          <Skeleton height={HEIGHT} />
          <output className="quiet">{t("segments.replay.counting")}</output>
        </>
      ) : data.people === 0 ? (
        <p>{t("segments.replay.nothing")}</p>
      ) : (
        <div className={isFetching ? styles.busy : ""}>
          <p className={styles.figure} aria-live="polite">
            {data.a_week !== null && (
              <b>{t("segments.replay.week", { n: f.count(Math.round(data.a_week)) })}</b>
            )}
            <span className="quiet">
              {t("segments.replay.people", { n: f.count(data.people) })}
            </span>
          </p>
          <Weeks weeks={data.weeks} />
        </div>
      )}
      {data?.note && !error && <p className={styles.note}>{data.note}</p>}
    </Card>
  );
}

/** A bar a week; the first and the last may be part of one, and are hollow. */
function Weeks({ weeks }: { weeks: ReplayReply["weeks"] }) {
  const { t, f } = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const { w } = useSize(box, { w: 800, h: HEIGHT });
  const most = Math.max(1, ...weeks.map((one) => one.people));
  const step = w / Math.max(1, weeks.length);
  const wide = Math.min(40, step * 0.7);
  const room = HEIGHT - FOOT - HEAD;
  const every = Math.max(1, Math.ceil(64 / step));
  return (
    <div ref={box}>
      <svg
        width={w}
        height={HEIGHT}
        viewBox={`0 0 ${w} ${HEIGHT}`}
        role="img"
        aria-label={t("segments.replay.chart", {
          from: f.longDay(weeks[0]?.from ?? ""),
          to: f.longDay(weeks.at(-1)?.from ?? ""),
        })}
      >
        {weeks.map((one, i) => {
          const part = i === 0 || i === weeks.length - 1;
          const high = (one.people / most) * room;
          const x = i * step + (step - wide) / 2;
          const y = HEIGHT - FOOT - high;
          return (
            <g key={one.from}>
              <title>
                {t("segments.replay.bar", { day: f.day(one.from), n: f.count(one.people) }) +
                  (part ? t("segments.replay.part") : "")}
              </title>
              <rect
                x={x}
                y={y}
                width={wide}
                height={high}
                className={part ? styles.part : styles.bar}
              />
              {one.people > 0 && step > 22 && (
                <text x={x + wide / 2} y={y - 6} textAnchor="middle">
                  {f.count(one.people)}
                </text>
              )}
              {i % every === 0 && (
                <text x={Math.max(LABEL, x + wide / 2)} y={HEIGHT - 5} textAnchor="middle">
                  {f.day(one.from)}
                </text>
              )}
            </g>
          );
        })}
        <path d={`M0 ${HEIGHT - FOOT}H${w}`} stroke="var(--g3)" />
      </svg>
    </div>
  );
}
