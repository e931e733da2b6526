import { getRouteApi, Link } from "@tanstack/react-router";
import { type CardView, useScoreCards } from "../../api/useScores.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { State } from "./State.tsx";
import styles from "./scores.module.css";

const route = getRouteApi("/framed/w/$ws/act");

/** 点のつけ方: the cards by which people get points. */
export function ScoresPage() {
  const { ws } = route.useParams();
  const { t } = useLanguage();
  const { data, error, refetch } = useScoreCards(ws);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <>
        <Loading />
        <Skeleton height={30} width="40%" />
        <Skeleton height={110} />
      </>
    );
  const make = (
    <Link
      to="/w/$ws/act/scores/$id"
      params={{ ws, id: "new" }}
      className={buttonClass(data.cards.length > 0 ? "outline" : "primary")}
    >
      {t("scores.new")}
    </Link>
  );
  if (data.cards.length === 0)
    return (
      <EmptyState title={t("scores.empty")} line={t("scores.empty.line")}>
        {make}
      </EmptyState>
    );
  return (
    <>
      <header className={styles.head}>
        <div>
          <h2>{t("scores.title")}</h2>
          <p className="quiet">{t("scores.line")}</p>
        </div>
        {make}
      </header>
      <ul className={styles.cards}>
        {data.cards.map((view) => (
          <li key={view.id}>
            <OneCard ws={ws} view={view} />
          </li>
        ))}
      </ul>
    </>
  );
}

function OneCard({ ws, view }: { ws: string; view: CardView }) {
  const { t, f } = useLanguage();
  const { card } = view;
  const rules = (card.fit?.length ?? 0) + (card.behaviour?.length ?? 0);
  return (
    <Card article>
      <div className={styles.head}>
        <h3 className={styles.name}>
          <Link to="/w/$ws/act/scores/$id" params={{ ws, id: view.id }}>
            {card.name}
          </Link>
        </h3>
        <State view={view} />
      </div>
      <p className={styles.small}>
        {f.facts([
          t("scores.rules", { count: rules }),
          card.hot === undefined ? t("scores.noLine") : t("scores.hotFrom", { points: card.hot }),
          t("scores.version", { version: view.version }),
          ...(view.by ? [view.by] : []),
        ])}
      </p>
      <ul className={styles.bands}>
        {(card.bands ?? []).map((band) => (
          <li key={band.name}>
            <b>{band.name}</b>
            <span className="num">
              {t("scores.people", { count: f.count(view.bands[band.name] ?? 0) })}
            </span>
            <span className={styles.small}>{t("scores.from", { points: band.from })}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
