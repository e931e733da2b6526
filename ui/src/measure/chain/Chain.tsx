import { Link } from "@tanstack/react-router";
import { type ChainReply, type ChainStep, useChain } from "../../api/useChain.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { classes } from "../../kit/classes.ts";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { useReport } from "../frame/report.ts";
import { useSpanWords } from "../frame/useSpanWords.ts";
import parts from "../parts/parts.module.css";
import styles from "./chain.module.css";
import { gauge, HIGH, height, isFelt, line, lost, stepped } from "./way.ts";

/** KGIまでの流れ: one level that steps to the KGI, what is missing tinted and counted. */
export function Chain() {
  const { t, lang } = useLanguage();
  const { ws, span, compare, search } = useReport();
  const words = useSpanWords();
  const { data, isPending } = useChain(ws, { lang, ...span }, compare);
  if (isPending)
    return (
      <div className={styles.section}>
        <Skeleton width="12em" height={24} />
        <Skeleton width="24em" height={24} />
        <Skeleton height={348} />
      </div>
    );
  // Without a calculation there is no way to show; the map says how to make one.
  if (!data || data.levels.length < 2 || data.levels.every((one) => one.value === null))
    return null;
  return (
    <section className={classes(parts.section, styles.section)} aria-label={t("chain.title")}>
      <div className={parts.heading}>
        <h3>{t("chain.title")}</h3>
        <p>
          {data.compared
            ? t("chain.line", {
                span: words.range(data.span),
                against: words.range(data.compared),
              })
            : words.range(data.span)}
          {(search.filters || search.segment) && ` ${t("chain.unfiltered")}`}
        </p>
        <Link className="quiet" to="/w/$ws/map" params={{ ws }}>
          {t("chain.map")}
        </Link>
      </div>
      {data.sentence && <p className={styles.said}>{data.sentence}</p>}
      <Levels reply={data} />
    </section>
  );
}

function Levels({ reply }: { reply: ChainReply }) {
  const { t, f } = useLanguage();
  const { levels, steps, broken, compared } = reply;
  const at = line(levels.map((one) => one.ratio));
  return (
    <Card flush className={styles.card}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={t("chain.levels")} className={styles.scroll}>
        <ol
          className={styles.levels}
          style={{ gridTemplateColumns: `repeat(${levels.length}, minmax(148px, 1fr))` }}
        >
          {levels.map((one, i) => {
            const felt = isFelt(i, broken);
            const short = lost(one);
            const here = height(one.ratio, at);
            const from = i === 0 ? here : height(levels[i - 1]?.ratio ?? null, at);
            const { number, unit } =
              one.value === null ? { number: "—", unit: "" } : f.parts(one.value, one.unit);
            return (
              <li key={one.indicator} className={classes(felt && styles.felt)}>
                <div className={styles.words}>
                  <b>{one.name}</b>
                  <span className={styles.value}>
                    {number}
                    <small>{unit}</small>
                  </span>
                  <span className={styles.before}>
                    {one.before === null
                      ? " "
                      : t("overview.change.before", { value: f.amount(one.before, one.unit) })}
                  </span>
                </div>
                {compared && (
                  <div className={styles.chart} style={{ height: HIGH }}>
                    <svg
                      width="100%"
                      height={HIGH}
                      viewBox={`0 0 100 ${HIGH}`}
                      preserveAspectRatio="none"
                      aria-hidden="true"
                    >
                      <path d={`${stepped(from, here)}V${HIGH}H0Z`} className={styles.area} />
                      {(here > at || from > at) && (
                        <path
                          d={`${stepped(Math.max(from, at), Math.max(here, at))}V${at}H0Z`}
                          className={styles.gap}
                        />
                      )}
                      <path d={`M0 ${at}H100`} className={styles.full} />
                      <path d={stepped(from, here)} className={styles.line} />
                      {broken === i - 1 && i > 0 && (
                        <path d={`M0 ${at - 8}V${HIGH}`} className={styles.cut} />
                      )}
                    </svg>
                    <span className={styles.lost} style={{ bottom: HIGH - at + 3 }}>
                      {short === null ? "" : t("chain.lost", { amount: f.amount(short, one.unit) })}
                    </span>
                    <span className={styles.share}>
                      {one.ratio === null ? "—" : f.percent(one.ratio)}
                    </span>
                  </div>
                )}
              </li>
            );
          })}
        </ol>
        <ol
          className={styles.steps}
          style={{ gridTemplateColumns: `repeat(${levels.length}, minmax(148px, 1fr))` }}
        >
          {steps.map((one, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step's place is what it is
            <li key={i} style={{ gridColumn: i + 2 }}>
              <Step step={one} />
            </li>
          ))}
        </ol>
      </section>
      {compared && <p className={styles.key}>{t("chain.key")}</p>}
    </Card>
  );
}

/** A rate with its usual width: the band is where the spans before lay. */
function Step({ step }: { step: ChainStep }) {
  const { t, f } = useLanguage();
  const { number, unit } =
    step.value === null ? { number: "—", unit: "" } : f.parts(step.value, step.unit);
  const places = gauge(step);
  return (
    <div className={classes(styles.step, step.weak && styles.weak)}>
      <p>
        <span>{step.name || t("chain.goOn")}</span>
        <b className="num">
          {number}
          <small>{unit}</small>
        </b>
      </p>
      {places && step.low !== null && step.high !== null && (
        <>
          <div className={styles.gauge} aria-hidden="true">
            <i
              style={{
                left: `${places.low * 100}%`,
                width: `max(3px, ${(places.high - places.low) * 100}%)`,
              }}
            />
            <b style={{ left: `${places.value * 100}%` }} />
          </div>
          <span className={styles.usual}>
            {t("chain.usual", { range: f.joined(f.range(step.low, step.high, step.unit)) })}
          </span>
        </>
      )}
    </div>
  );
}
