import { useTriggerReplay } from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import { isEmpty, isFinished } from "../conditions/condition.ts";
import styles from "./automations.module.css";
import type { Definition, Trigger } from "./definition.ts";

const HEIGHT = 56;

/** What can be asked of the past: a trigger that is whole. */
export function replayable(trigger: Trigger): boolean {
  const { condition, event, date, band } = trigger;
  if (event) return Boolean(event.page || event.event);
  if (date) return date.property !== "";
  if (band) return band.card !== "";
  return Boolean(condition && !isEmpty(condition) && isFinished(condition));
}

/** この3か月なら N人: who would have come in, before anything is switched on. */
export function ReplayCard({ ws, definition }: { ws: string; definition: Definition }) {
  const { t, f } = useLanguage();
  const { trigger, reentry } = useSettled(definition);
  const ready = replayable(trigger);
  const found = useTriggerReplay(ws, ready ? { trigger, ...(reentry ? { reentry } : {}) } : null);
  const weeks = found.data?.weeks ?? [];
  const most = Math.max(1, ...weeks.map((one) => one.people));
  return (
    <Card className={styles.replay}>
      <h3>{t("automations.replay")}</h3>
      {!ready ? (
        <p className="quiet">{t("automations.replay.wait")}</p>
      ) : found.error ? (
        <p className="quiet">
          {t("automations.replay.failed")} — {found.error.message}
        </p>
      ) : !found.data ? (
        <Skeleton height={96} />
      ) : (
        <>
          <p className={styles.said}>
            <b>{t("automations.replay.said", { people: f.count(found.data.people) })}</b>
            {found.data.a_week != null && (
              <span className="quiet">
                {t("automations.replay.week", { people: f.count(Math.round(found.data.a_week)) })}
              </span>
            )}
          </p>
          <svg
            className={styles.bars}
            viewBox={`0 0 ${weeks.length * 10} ${HEIGHT}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={t("automations.replay.chart")}
          >
            {weeks.map((one, i) => {
              const h = Math.max(one.people > 0 ? 2 : 0, (one.people / most) * (HEIGHT - 2));
              return (
                <rect key={one.from} x={i * 10 + 1} y={HEIGHT - h} width={8} height={h}>
                  <title>
                    {t("automations.replay.of", {
                      day: f.day(one.from),
                      people: f.count(one.people),
                    })}
                  </title>
                </rect>
              );
            })}
          </svg>
          <p className={styles.axis}>
            <span>{weeks[0] ? f.day(weeks[0].from) : ""}</span>
            <span>{weeks.at(-1) ? f.day(weeks.at(-1)?.from ?? "") : ""}</span>
          </p>
          <p className={styles.note}>{found.data.note}</p>
        </>
      )}
    </Card>
  );
}
