import { type Card, useLearned } from "../../api/useScores.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { compared } from "./draft.ts";
import { Range, Table } from "./Figures.tsx";
import styles from "./scores.module.css";

interface LearnedProps {
  ws: string;
  id: string;
  card: Card;
  readOnly: boolean;
  onAdopt: (learned: Card) => void;
}

/** 学んだ点: what outcomes say each rule is worth, beside what stands in the card. */
export function Learned({ ws, id, card, readOnly, onAdopt }: LearnedProps) {
  const { t, f } = useLanguage();
  const { data, error, refetch } = useLearned(ws, id);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <>
        <Loading />
        <Skeleton height={40} width="70%" />
        <Skeleton height={200} />
      </>
    );
  const learned = data.card;
  return (
    <div className={styles.editor}>
      {data.reason === "" ? <p>{data.text}</p> : <Notice kind="info">{data.text}</Notice>}
      {learned && (
        <section>
          <div className={styles.head}>
            <h3>{t("scores.learned.beside")}</h3>
            {!readOnly && (
              <Button kind="primary" onClick={() => onAdopt(learned)}>
                {t("scores.learned.adopt")}
              </Button>
            )}
          </div>
          <p className={styles.small}>
            {data.auc === null ? null : t("scores.learned.auc", { share: f.percent(data.auc) })}
          </p>
          <Table name={t("scores.learned.beside")}>
            <thead>
              <tr>
                <th scope="col">{t("scores.learned.rule")}</th>
                <th scope="col">{t("scores.learned.mine")}</th>
                <th scope="col">{t("scores.learned.proposed")}</th>
              </tr>
            </thead>
            <tbody>
              {compared(card, learned).map((one) => (
                <tr key={`${one.mine?.id} ${one.learned?.id}`}>
                  <th scope="row">
                    {one.name}
                    {one.learned && "times" in one.learned && (
                      <span className={styles.small}>
                        {" "}
                        {t("scores.learned.when", {
                          times: one.learned.times ?? 1,
                          days: one.learned.days ?? 0,
                        })}
                      </span>
                    )}
                  </th>
                  <td className="num">{one.mine ? f.difference(one.mine.points, "") : "—"}</td>
                  <td className="num">
                    {one.learned ? (
                      <b>{f.difference(one.learned.points, "")}</b>
                    ) : (
                      <span className={styles.small}>{t("scores.learned.none")}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </section>
      )}
      {data.bands.length > 0 && (
        <section>
          <h3>{t("scores.learned.bands")}</h3>
          <Table name={t("scores.learned.bands")}>
            <tbody>
              {data.bands.map((one) => (
                <tr key={one.name}>
                  <th scope="row">
                    {one.name}{" "}
                    <span className={styles.small}>{t("scores.from", { points: one.from })}</span>
                  </th>
                  <td>
                    <Range
                      value={one.chance}
                      low={one.low}
                      high={one.high}
                      told={f.chance(one.chance)}
                    >
                      {t("scores.learned.band", {
                        low: f.percent(one.low),
                        high: f.percent(one.high),
                        people: f.count(one.people),
                        hits: f.count(one.hits),
                      })}
                    </Range>
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </section>
      )}
      {data.pays.length > 0 && (
        <section>
          <h3>{t("scores.pays")}</h3>
          <ul className={styles.pays}>
            {data.pays.map((one) => (
              <li key={one.name} className={one.reason === "" ? undefined : "quiet"}>
                {one.text}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
