import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useAutomation } from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./automations.module.css";
import type { Definition } from "./definition.ts";
import { Editor } from "./Editor.tsx";
import { template } from "./templates.ts";

const route = getRouteApi("/framed/w/$ws/act/automations/$id");

/** One automation: its flow with who is where, what it brings, and how it is changed. */
export function AutomationPage() {
  const { ws, id } = route.useParams();
  const { from } = route.useSearch();
  const { t } = useLanguage();
  const fresh = id === "new";
  const found = useAutomation(ws, id, !fresh);
  const blank = useMemo(() => (fresh ? template(from, t) : null), [fresh, from, t]);
  if (blank) return <Editor key={`new ${from}`} ws={ws} automation={null} start={blank} />;
  if (found.error && !found.data)
    return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data)
    return (
      <div className={styles.page}>
        <Loading />
        <Skeleton height={32} width="45%" />
        <Skeleton height={420} />
      </div>
    );
  return (
    <Editor
      key={`${id} ${found.data.version}`}
      ws={ws}
      automation={found.data}
      start={found.data.definition as Definition}
    />
  );
}
