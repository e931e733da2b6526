import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useConnections } from "../../api/useConnections.ts";
import { useSources } from "../../api/useSources.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "../measure.module.css";
import { waitingOf } from "../unfound.ts";
import { AddConnection } from "./AddConnection.tsx";
import { ConnectionCard } from "./ConnectionCard.tsx";

/** Where numbers are fetched from by themselves, and the way to add one. */
export function ConnectionsPage() {
  const { ws } = useParams({ from: "/framed/w/$ws/measure" });
  const { t } = useLanguage();
  const connections = useConnections(ws);
  const sources = useSources(ws);
  const [adding, setAdding] = useState(false);
  const { data } = connections;
  if (adding && data)
    return (
      <AddConnection
        ws={ws}
        sqlite={data.sqlite}
        waiting={waitingOf(sources.data?.sources ?? [])}
        onClose={() => setAdding(false)}
      />
    );
  return (
    <div className={styles.stack}>
      <div className={styles.head}>
        <h2>{t("connect.title")}</h2>
        <p className="quiet">
          {t("connect.line")}{" "}
          <Link to="/w/$ws/measure/data" params={{ ws }} className={buttonClass("text", true)}>
            {t("connect.back")}
          </Link>
        </p>
      </div>
      {data?.manage && data.connections.length > 0 && (
        <div>
          <Button kind="primary" onClick={() => setAdding(true)}>
            {t("connect.add")}
          </Button>
        </div>
      )}
      {data && !data.manage && <p className="quiet">{t("connect.owner")}</p>}
      {connections.error && (
        <Failed error={connections.error} retry={() => void connections.refetch()} />
      )}
      {connections.isPending && (
        <div className={styles.sources}>
          <Loading />
          <Skeleton height={180} />
        </div>
      )}
      {data?.connections.length === 0 && (
        <EmptyState title={t("connect.empty")} line={t("connect.empty.line")}>
          {data.manage && (
            <Button kind="primary" onClick={() => setAdding(true)}>
              {t("connect.add")}
            </Button>
          )}
        </EmptyState>
      )}
      <div className={styles.sources}>
        {data?.connections.map((one) => (
          <ConnectionCard key={one.id} ws={ws} connection={one} />
        ))}
      </div>
    </div>
  );
}
