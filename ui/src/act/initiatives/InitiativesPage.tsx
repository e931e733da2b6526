import { getRouteApi, Link } from "@tanstack/react-router";
import { type Initiative, useInitiatives } from "../../api/useInitiatives.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { classes } from "../../kit/classes.ts";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { OpenCard, OpenCards } from "../../kit/OpenCards.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./initiatives.module.css";
import { State } from "./State.tsx";
import { useMayEdit } from "./useMayEdit.ts";
import { usePeriod } from "./usePeriod.ts";

const route = getRouteApi("/framed/w/$ws/act/initiatives");

/** 施策: what the team undertakes, and what came of it. */
export function InitiativesPage() {
  const { ws } = route.useParams();
  const { t } = useLanguage();
  const found = useInitiatives(ws);
  const mayEdit = useMayEdit(ws);
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data)
    return (
      <div className={styles.page}>
        <Loading />
        <Skeleton height={32} width="50%" />
        <Skeleton height={96} />
        <Skeleton height={96} />
      </div>
    );
  const list = found.data.initiatives;
  const running = list.filter((one) => one.state === "running").length;
  const make = mayEdit && (
    <Link
      to="/w/$ws/act/initiatives/$id"
      params={{ ws, id: "new" }}
      className={buttonClass("primary")}
    >
      <Icon name="plus" size={15} />
      {t("initiatives.make")}
    </Link>
  );
  if (list.length === 0)
    return (
      <EmptyState title={t("initiatives.empty")} line={t("initiatives.empty.line")}>
        {make}
      </EmptyState>
    );
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div>
          <h2>
            {running > 0 ? t("initiatives.title", { n: running }) : t("initiatives.title.none")}
          </h2>
          <p className="quiet">{t("initiatives.line")}</p>
        </div>
        {make}
      </div>
      <OpenCards>
        {list.map((one) => (
          <Row key={one.id} ws={ws} one={one} />
        ))}
      </OpenCards>
    </div>
  );
}

function Row({ ws, one }: { ws: string; one: Initiative }) {
  const { t, f } = useLanguage();
  const period = usePeriod();
  return (
    <OpenCard
      link={(whole) => (
        <Link to="/w/$ws/act/initiatives/$id" params={{ ws, id: one.id }} className={whole}>
          {one.name}
        </Link>
      )}
      line={f.facts([
        t("initiatives.for", { kpi: one.kpi_name }),
        period(one),
        ...(one.cost == null ? [] : [t("initiatives.yen", { amount: f.count(one.cost) })]),
      ])}
      mark={<State state={one.state} />}
    >
      <p
        className={classes(
          styles.told,
          one.estimate?.verdict === "works" && styles.works,
          one.estimate?.verdict === "harms" && styles.harms,
        )}
      >
        {one.estimate?.sentence ?? t("initiatives.noResult")}
      </p>
    </OpenCard>
  );
}
