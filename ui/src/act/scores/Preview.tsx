import { type Card, usePreviewCard } from "../../api/useScores.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card as Sheet } from "../../kit/Card.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import { Spread } from "./Spread.tsx";
import styles from "./scores.module.css";

/** What the card as it stands on the screen would do, worked out while it is written. */
export function Preview({ ws, id, card }: { ws: string; id: string; card: Card }) {
  const { t, f, lang } = useLanguage();
  const settled = useSettled(card, 700);
  const { data, error, isFetching } = usePreviewCard(ws, id, settled, true);
  if (!data)
    return (
      <Sheet className={styles.preview}>
        <h3>{t("scores.preview")}</h3>
        {error ? (
          <p className={styles.small}>{error.message}</p>
        ) : (
          <>
            <Loading />
            <Skeleton height={28} width="60%" />
            <Skeleton height={120} />
          </>
        )}
      </Sheet>
    );
  const hot = data.hot.length;
  const newest = data.weeks.at(-1)?.leads ?? 0;
  return (
    <Sheet className={styles.preview} aria-busy={isFetching}>
      <h3>{t("scores.preview")}</h3>
      {error && <p className={styles.error}>{error.message}</p>}
      {card.hot === undefined ? (
        <p className={styles.small}>{t("scores.preview.noLine")}</p>
      ) : (
        <p className={styles.big}>
          <span className="num">{String(Math.round(data.a_week * 10) / 10)}</span>
          {t("scores.preview.aWeek", { newest: f.count(newest) })}
        </p>
      )}
      {card.hot !== undefined && (
        <div
          className={styles.weeks}
          role="img"
          aria-label={t("scores.preview.weeks", {
            list: data.weeks.map((one) => one.leads).join(", "),
          })}
        >
          {data.weeks.map((one) => (
            <i
              key={one.from}
              style={{
                height: `${(one.leads / Math.max(1, ...data.weeks.map((w) => w.leads))) * 100}%`,
              }}
            />
          ))}
        </div>
      )}
      <Spread points={data.points} hot={card.hot} />
      <p className={styles.small}>{t("scores.preview.people", { count: f.count(data.people) })}</p>
      {data.enter
        .filter((one) => one.people > 0)
        .map((one) => (
          <Notice key={one.automation} kind="info">
            {t("scores.preview.enter", { name: one.name, count: f.count(one.people) })}
          </Notice>
        ))}
      {data.unwatched.length > 0 && (
        <Notice kind="info">
          {t("scores.preview.unwatched", { count: data.unwatched.length })}
        </Notice>
      )}
      {hot > 0 && (
        <>
          <h4>{t("scores.preview.hot")}</h4>
          <ol className={styles.hot}>
            {data.hot.slice(0, 5).map((one) => (
              <li key={one.subject}>
                <b>{one.name || t("scores.preview.nameless")}</b>
                <span className={styles.small}>{one.company}</span>
                <b className="num">{t("scores.points", { points: one.points })}</b>
                <span className={styles.small}>
                  {f.facts(one.why.slice(0, 2).map((why) => (lang === "ja" ? why.ja : why.en)))}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </Sheet>
  );
}
