import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useWorkspaces } from "../../api/useWorkspaces.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Tabs } from "../../kit/Tabs.tsx";
import { AuditList } from "./AuditList.tsx";
import styles from "./activity.module.css";
import { WhoLooked } from "./WhoLooked.tsx";

const route = getRouteApi("/framed/w/$ws/share/activity");

/** 見た人と記録: who of which department looked, and what was changed by whom. */
export function ActivityPage() {
  const { ws } = route.useParams();
  const { view = "looked" } = route.useSearch();
  const { t } = useLanguage();
  const navigate = useNavigate();
  const { data } = useWorkspaces();
  const owner = data?.workspaces.find((one) => one.slug === ws)?.role === "owner";
  if (!owner) return <WhoLooked ws={ws} />;
  return (
    <Tabs
      label={t("share.tab.activity")}
      current={view}
      onChange={(next) =>
        void navigate({
          to: "/w/$ws/share/activity",
          params: { ws },
          search: next === "looked" ? {} : { view: next },
          replace: true,
        })
      }
      tabs={(["looked", "record"] as const).map((key) => ({
        key,
        label: t(`activity.view.${key}`),
      }))}
      className={styles.panel}
    >
      {view === "record" ? <AuditList ws={ws} /> : <WhoLooked ws={ws} />}
    </Tabs>
  );
}
