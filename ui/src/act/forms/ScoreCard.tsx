import { type ReactNode, useRef } from "react";
import type { QuestionResult, ScoreResult } from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { useSize } from "../../kit/useSize.ts";
import { Bars } from "./Answers.tsx";
import forms from "./forms.module.css";
import { monthsOf, scaleOf } from "./months.ts";
import styles from "./score.module.css";
import { scoreWords } from "./scoreWords.ts";

/** A score with how far it can be relied on, and how it went month by month. */
export function ScoreCard({
  question,
  children,
}: {
  question: QuestionResult;
  children: ReactNode;
}) {
  const { t, f } = useLanguage();
  const { score, kind } = question;
  if (!score) return null;
  const parts: [
    key: "promoters" | "passives" | "detractors" | "satisfied" | "neutral" | "dissatisfied",
    count: number,
  ][] =
    kind === "nps"
      ? [
          ["promoters", score.good],
          ["passives", score.middle],
          ["detractors", score.poor],
        ]
      : [
          ["satisfied", score.good],
          ["neutral", score.middle],
          ["dissatisfied", score.poor],
        ];
  return (
    <>
      <div className={forms.partHead}>
        <h2>{question.label}</h2>
        {children}
      </div>
      <div className={styles.scoreTop}>
        <div className={styles.big}>
          <span className="quiet">
            {t(kind === "nps" ? "forms.score.nps" : "forms.score.csat")}
          </span>
          {score.value === null ? (
            <span className="quiet">—</span>
          ) : (
            <b className="num">{scoreWords(kind, score.value)}</b>
          )}
        </div>
        <div className={styles.scoreSide}>
          {score.value !== null && <Interval kind={kind} score={score} />}
          <p>{score.sentence}</p>
        </div>
      </div>
      {score.answers > 0 && (
        <>
          <div className={styles.stacked} aria-hidden="true">
            {parts.map(([key, count]) => (
              <span
                key={key}
                className={styles[key]}
                style={{ flexGrow: count, display: count === 0 ? "none" : undefined }}
              />
            ))}
          </div>
          <ul className={styles.legend}>
            {parts.map(([key, count]) => (
              <li key={key}>
                <span className={`${styles.dot} ${styles[key]}`} aria-hidden="true" />
                {t(`forms.results.${key}`)}{" "}
                <b className="num">
                  {t("forms.results.share", {
                    count: f.count(count),
                    share: f.percent(count / score.answers),
                  })}
                </b>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className={styles.scoreCharts}>
        {(question.months?.length ?? 0) > 1 && <Months question={question} />}
        <Bars question={question} />
      </div>
    </>
  );
}

/** The score as a dot in its range, on the whole scale. */
function Interval({ kind, score }: { kind: string; score: ScoreResult }) {
  const { t } = useLanguage();
  const [from, to] = scaleOf(kind);
  const at = (value: number) => `${((value - from) / (to - from)) * 100}%`;
  const [low = from, high = to] = score.interval;
  return (
    <div
      className={styles.interval}
      role="img"
      aria-label={`${t("forms.results.band")} ${t("forms.score.short", {
        low: scoreWords(kind, low),
        high: scoreWords(kind, high),
      })}`}
    >
      <span className={styles.axis} />
      {kind === "nps" && <span className={styles.zero} style={{ left: at(0) }} />}
      <span
        className={styles.range}
        style={{ left: at(low), width: `${((high - low) / (to - from)) * 100}%` }}
      />
      {score.value !== null && <span className={styles.point} style={{ left: at(score.value) }} />}
      <span className={styles.low} style={{ left: at(low) }}>
        {scoreWords(kind, low)}
      </span>
      <span className={styles.high} style={{ left: at(high) }}>
        {scoreWords(kind, high)}
      </span>
    </div>
  );
}

const HEIGHT = 160;

/** Each month's score in its range; a month with too few answers has a range only. */
function Months({ question }: { question: QuestionResult }) {
  const { t, f } = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const { w } = useSize(box, { w: 480, h: HEIGHT });
  const { kind } = question;
  const name = (month: string) => {
    const [year = "", number = ""] = month.split("-");
    return f.month(Number(year), Number(number));
  };
  const shape = monthsOf(question.months ?? [], kind, Math.max(200, w), HEIGHT);
  return (
    <figure className={styles.months}>
      <figcaption className="quiet">{t("forms.results.months")}</figcaption>
      <div ref={box}>
        <svg
          width={Math.max(200, w)}
          height={HEIGHT + 24}
          role="img"
          aria-label={t("forms.results.months")}
        >
          {shape.ticks.map((tick) => (
            <g key={tick.value}>
              <line
                x1={shape.left}
                x2={Math.max(200, w)}
                y1={tick.y}
                y2={tick.y}
                stroke={tick.value === 0 && kind === "nps" ? "var(--g4)" : "var(--g2)"}
              />
              <text x={shape.left - 6} y={tick.y + 4} textAnchor="end">
                {scoreWords(kind, tick.value)}
              </text>
            </g>
          ))}
          {shape.line && <path d={shape.line} fill="none" stroke="var(--ai)" strokeWidth="1.5" />}
          {shape.points.map((one) => (
            <g key={one.month}>
              <title>
                {one.value === null
                  ? t("forms.results.month.few", {
                      month: name(one.month),
                      count: f.count(one.answers),
                    })
                  : t("forms.results.month", {
                      month: name(one.month),
                      value: scoreWords(kind, one.value),
                      low: scoreWords(kind, one.low),
                      high: scoreWords(kind, one.high),
                      count: f.count(one.answers),
                    })}
              </title>
              <rect
                x={one.x - shape.bar / 2}
                width={shape.bar}
                y={one.top}
                height={Math.max(2, one.bottom - one.top)}
                rx="3"
                fill={one.value === null ? "var(--g2)" : "var(--ai-2)"}
              />
              {one.y !== null && <circle cx={one.x} cy={one.y} r="4" fill="var(--ai)" />}
              {one.named && (
                <text x={one.x} y={HEIGHT + 18} textAnchor="middle">
                  {f.from(`${one.month}-01`)}
                </text>
              )}
            </g>
          ))}
        </svg>
      </div>
      <table className="sr">
        <tbody>
          {shape.points.map((one) => (
            <tr key={one.month}>
              <th scope="row">{name(one.month)}</th>
              <td>{one.value === null ? "—" : scoreWords(kind, one.value)}</td>
              <td>
                {t("forms.score.short", {
                  low: scoreWords(kind, one.low),
                  high: scoreWords(kind, one.high),
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
