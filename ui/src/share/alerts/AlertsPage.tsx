import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useAlerts } from "../../api/useAlerts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Tabs } from "../../kit/Tabs.tsx";
import styles from "./alerts.module.css";
import { Places } from "./places/Places.tsx";
import { Reach } from "./Reach.tsx";
import { Told } from "./Told.tsx";

const route = getRouteApi("/framed/w/$ws/share/alerts");

/** お知らせ: what the team is told by itself, where, and when. */
export function AlertsPage() {
  const { ws } = route.useParams();
  const { view = "told", open } = route.useSearch();
  const { t } = useLanguage();
  const navigate = useNavigate();
  const { data, error, refetch } = useAlerts(ws);
  return (
    <>
      <h2>{t("alerts.title")}</h2>
      <p className={`quiet ${styles.line}`}>{t("alerts.line")}</p>
      {error && !data && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && (
        <>
          <Loading />
          <Skeleton height={36} width="60%" />
          <Skeleton height={180} />
        </>
      )}
      {data && (
        <Tabs
          label={t("alerts.tabs")}
          current={view}
          tabs={(["told", "reach", "places"] as const).map((one) => ({
            key: one,
            label: t(`alerts.tab.${one}`),
          }))}
          onChange={(next) =>
            void navigate({
              to: "/w/$ws/share/alerts",
              params: { ws },
              search: next === "told" ? {} : { view: next },
              replace: true,
            })
          }
          className={styles.panel}
          listClassName={styles.tabs}
        >
          {!data.leaves && <Notice kind="info">{t("alerts.demo")}</Notice>}
          {view === "told" && <Told ws={ws} alerts={data} open={open} />}
          {view === "reach" && <Reach ws={ws} alerts={data} />}
          {view === "places" && <Places ws={ws} />}
        </Tabs>
      )}
    </>
  );
}
