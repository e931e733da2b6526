import { useMap } from "../../api/useMap.ts";
import { type Card, useLine } from "../../api/useScores.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card as Sheet } from "../../kit/Card.tsx";
import { Select } from "../../kit/Field.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import { lean } from "./draft.ts";
import { NumberBox } from "./NumberBox.tsx";
import styles from "./scores.module.css";

interface LinePanelProps {
  ws: string;
  id: string;
  card: Card;
  events: { id: string; name: string }[];
  readOnly: boolean;
  onChange: (card: Card) => void;
}

/** The line of hot leads, and the one that follows from what sales can take and the map needs. */
export function LinePanel({ ws, id, card, events, readOnly, onChange }: LinePanelProps) {
  const { t, f } = useLanguage();
  const map = useMap(ws);
  const asked = useSettled({ a_week: card.a_week ?? 0, serves: card.serves ?? "" });
  const { data } = useLine(ws, id, asked);
  const put = (change: Partial<Card>) => onChange(lean({ ...card, ...change }));
  return (
    <section>
      <h3>{t("scores.line.title")}</h3>
      <p className={styles.small}>{t("scores.line.line")}</p>
      <fieldset disabled={readOnly} className={styles.details}>
        <legend className="sr">{t("scores.line.title")}</legend>
        <div className={styles.detail}>
          {t("scores.line.hot")}
          <NumberBox
            label={t("scores.line.hot")}
            value={card.hot}
            least={1}
            most={10000}
            none={t("scores.line.none")}
            onChange={(hot) => put({ hot } as Partial<Card>)}
          />
        </div>
        <div className={styles.detail}>
          {t("scores.line.aWeek")}
          <NumberBox
            label={t("scores.line.aWeek")}
            value={card.a_week || undefined}
            least={1}
            most={1000}
            none={t("scores.detail.none")}
            onChange={(a_week) => put({ a_week } as Partial<Card>)}
          />
        </div>
        <Select
          label={t("scores.line.serves")}
          value={card.serves ?? ""}
          onChange={(event) => put({ serves: event.target.value || undefined } as Partial<Card>)}
          options={[
            { value: "", label: t("scores.line.serves.none") },
            ...(map.data?.indicators ?? []).map((one) => ({ value: one.id, label: one.name })),
          ]}
        />
        <Select
          label={t("scores.line.outcome")}
          value={card.outcome?.event ?? ""}
          onChange={(event) =>
            put({
              outcome: event.target.value ? { event: event.target.value } : null,
            })
          }
          options={[
            { value: "", label: t("scores.line.outcome.none") },
            ...(card.outcome?.event && !events.some((one) => one.id === card.outcome?.event)
              ? [{ value: card.outcome.event, label: card.outcome.event }]
              : []),
            ...events.map((one) => ({ value: one.id, label: one.name })),
          ]}
        />
      </fieldset>
      {id !== "" &&
        (data ? (
          <Sheet className={styles.derived}>
            {data.need && <p className={styles.small}>{data.need}</p>}
            <p>{data.why}</p>
            {data.ok && (
              <p className={styles.small}>
                {f.facts([
                  t("scores.line.week", {
                    aWeek: Math.round(data.a_week * 10) / 10,
                    low: f.count(data.low),
                    high: f.count(data.high),
                  }),
                  t("scores.line.chance", { rate: data.chance.text }),
                ])}
              </p>
            )}
            {data.ok && data.from > 0 && data.from !== card.hot && !readOnly && (
              <Button small onClick={() => put({ hot: data.from })}>
                {t("scores.line.adopt", { points: data.from })}
              </Button>
            )}
          </Sheet>
        ) : (
          <Skeleton height={72} />
        ))}
    </section>
  );
}
