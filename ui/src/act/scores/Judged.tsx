import { type Card, type RateView, useJudged } from "../../api/useScores.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Range, Table } from "./Figures.tsx";
import styles from "./scores.module.css";

/** 答え合わせ: how right the card, its bands and its rules came out. */
export function Judged({ ws, id, card }: { ws: string; id: string; card: Card }) {
  const { t } = useLanguage();
  const { data, error, refetch } = useJudged(ws, id);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <>
        <Loading />
        <Skeleton height={200} />
      </>
    );
  const named = new Map(
    [...(card.fit ?? []), ...(card.behaviour ?? [])].map((one) => [one.id, one.name]),
  );
  return (
    <div className={styles.editor}>
      {data.drift && <Notice kind="warn">{data.drift.text}</Notice>}
      <section>
        <h3>{t("scores.judged.title")}</h3>
        <p className={styles.small}>{t("scores.judged.line", { open: data.open })}</p>
        <Table name={t("scores.judged.title")}>
          <thead>
            <tr>
              <th scope="col">{t("scores.judged.what")}</th>
              <th scope="col">{t("scores.judged.precision")}</th>
              <th scope="col">{t("scores.judged.recall")}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t("scores.judged.all")}</th>
              <td>
                <Rate rate={data.card.precision} />
              </td>
              <td>
                <Rate rate={data.card.recall} />
              </td>
            </tr>
            {data.bands.map((one) => (
              <tr key={`band ${one.name}`}>
                <th scope="row">{t("scores.judged.band", { name: one.name })}</th>
                <td>
                  <Rate rate={one.precision} />
                </td>
                <td>
                  <Rate rate={one.recall} />
                </td>
              </tr>
            ))}
            {data.rules.map((one) => (
              <tr key={one.name}>
                <th scope="row">{named.get(one.name) ?? one.name}</th>
                <td>
                  <Rate rate={one.precision} />
                </td>
                <td>
                  <Rate rate={one.recall} />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </section>
    </div>
  );
}

/** A share with the range it lies in, or what is missing to tell it. */
function Rate({ rate }: { rate: RateView }) {
  const { f } = useLanguage();
  if (rate.share === null || rate.low === null || rate.high === null)
    return <span className={styles.small}>{rate.text}</span>;
  return (
    <Range value={rate.share} low={rate.low} high={rate.high} told={f.percent(rate.share)}>
      {rate.text}
    </Range>
  );
}
