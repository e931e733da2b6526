import type { FunnelResult } from "../../api/usePaths.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { classes } from "../../kit/classes.ts";
import styles from "./funnel.module.css";
import { worst } from "./steps.ts";
import { useTimeWords } from "./useTimeWords.ts";

const HIGH = 132;

/** How far people come: one level that steps down, what is lost tinted and counted. */
export function Levels({ steps }: { steps: FunnelResult[] }) {
  const { t, f } = useLanguage();
  const time = useTimeWords();
  const at = worst(steps);
  const level = (i: number) => (steps[i]?.from_first ?? 0) * HIGH;
  return (
    <Card flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className={styles.levels} tabIndex={0} aria-label={t("funnel.went")}>
        <ol>
          {steps.map((one, i) => {
            const now = level(i);
            const before = i === 0 ? now : level(i - 1);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step's place is what it is
              <li key={i} className={classes(i === at && styles.worst)}>
                <div className={styles.words}>
                  <b>{one.name}</b>
                  <span className={styles.people}>
                    {f.count(one.people)}
                    <small>{t("funnel.people")}</small>
                  </span>
                  <span className={styles.lost}>
                    {i > 0 && one.lost > 0
                      ? t("funnel.lost", { count: f.count(one.lost) })
                      : "\u00a0"}
                  </span>
                </div>
                <div className={styles.chart} style={{ height: HIGH }} aria-hidden="true">
                  <svg
                    width="100%"
                    height={HIGH}
                    viewBox={`0 0 100 ${HIGH}`}
                    preserveAspectRatio="none"
                    aria-hidden="true"
                  >
                    <path
                      d={`${curve(before, now)}L100 ${HIGH - before}L0 ${HIGH - before}Z`}
                      className={styles.gap}
                    />
                    <path d={`${curve(before, now)}V${HIGH}H0Z`} className={styles.area} />
                    <path d={curve(before, now)} className={styles.line} />
                  </svg>
                  <span className={classes(styles.share, i === 0 && styles.start)}>
                    {one.from_first === null ? "—" : f.percent(one.from_first)}
                  </span>
                </div>
                <div className={styles.rate}>
                  {i === 0 ? (
                    <>
                      <span className="quiet">{t("funnel.first")}</span>
                      <b aria-hidden="true">{"\u00a0"}</b>
                    </>
                  ) : (
                    <>
                      <span>
                        {t("funnel.went")}{" "}
                        <b>{one.from_before === null ? "—" : f.percent(one.from_before)}</b>
                      </span>
                      <span className="quiet">
                        {one.median_seconds === null
                          ? "\u00a0"
                          : t("funnel.median", { time: time(one.median_seconds) })}
                      </span>
                    </>
                  )}
                </div>
              </li>
            );
          })}
        </ol>
      </section>
    </Card>
  );
}

/** From the level before to this one, in the first fifth of the column. */
function curve(before: number, now: number): string {
  const [a, b] = [HIGH - before, HIGH - now];
  return `M0 ${a}C10 ${a} 8 ${b} 18 ${b}H100`;
}
