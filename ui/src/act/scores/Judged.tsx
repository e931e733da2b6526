import { type Card, type RateView, useJudged } from "../../api/useScores.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card as Sheet } from "../../kit/Card.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
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
        <Sheet
          flush
          className={styles.scroll}
          role="region"
          tabIndex={0}
          aria-label={t("scores.judged.title")}
        >
          <table className={styles.table}>
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
          </table>
        </Sheet>
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
    <span className={styles.rate}>
      <b className="num">{f.percent(rate.share)}</b>
      <span className={styles.range} aria-hidden="true">
        <i style={{ left: `${rate.low * 100}%`, width: `${(rate.high - rate.low) * 100}%` }} />
        <u style={{ left: `${rate.share * 100}%` }} />
      </span>
      <span className={styles.small}>{rate.text}</span>
    </span>
  );
}
