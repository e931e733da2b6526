import { useState } from "react";
import type { EventRow } from "../../api/types.ts";
import { useEvents } from "../../api/usePaths.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "../attribution/attribution.module.css";
import { useReport, useReportQuery } from "../frame/report.ts";
import parts from "../parts/parts.module.css";
import { Sideways } from "../parts/Sideways.tsx";
import { useMoment } from "../parts/useMoment.ts";
import own from "./events.module.css";

const PAGE = 50;

/** The events themselves, the newest first; from an indicator only those it counts. */
export function EventsPage() {
  const { t, f } = useLanguage();
  const { ws, search, change } = useReport();
  const query = useReportQuery();
  const [page, setPage] = useState(0);
  const { data, error, refetch, isPlaceholderData } = useEvents(ws, query, {
    ...(search.indicator ? { indicator: search.indicator } : {}),
    limit: PAGE,
    offset: page * PAGE,
  });
  const { indicator: _, ...rest } = search;
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <>
        <Loading />
        <Skeleton height={36} width="60%" />
        <Skeleton height={420} />
      </>
    );
  const values = data.events.some((one) => one.value !== null);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h2>
          {data.indicator ? t("events.of", { name: data.indicator.name }) : t("events.title")}
        </h2>
        {!data.indicator && <p className={styles.note}>{t("events.line")}</p>}
        {data.indicator && (
          <Button small onClick={() => change(rest)}>
            {t("events.all")}
          </Button>
        )}
      </div>
      {data.why ? (
        <EmptyState title={t("events.none")} line={data.why} />
      ) : data.events.length === 0 ? (
        <EmptyState title={t("events.none")} line={t("events.none.line")} />
      ) : (
        <Card flush>
          <Sideways label={t("events.title")}>
            <table className={`${parts.table} ${own.table}`}>
              <thead>
                <tr>
                  <th scope="col">{t("events.time")}</th>
                  <th scope="col">{t("events.what")}</th>
                  <th scope="col">{t("report.field.page")}</th>
                  <th scope="col">{t("report.field.channel")}</th>
                  <th scope="col">{t("report.field.device")}</th>
                  <th scope="col">{t("events.person")}</th>
                  {values && <th scope="col">{t("events.value")}</th>}
                </tr>
              </thead>
              <tbody>
                {data.events.map((one) => (
                  <Row key={one.id} one={one} values={values} />
                ))}
              </tbody>
            </table>
          </Sideways>
        </Card>
      )}
      {(page > 0 || data.more) && (
        <nav className={own.pages} aria-label={t("events.pages")}>
          <Button small icon="left" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {t("events.newer")}
          </Button>
          <span className="quiet">
            {t("events.place", {
              from: f.count(page * PAGE + 1),
              to: f.count(page * PAGE + data.events.length),
            })}
          </span>
          <Button
            small
            disabled={!data.more || isPlaceholderData}
            onClick={() => setPage(page + 1)}
          >
            {t("events.older")}
          </Button>
        </nav>
      )}
    </div>
  );
}

function Row({ one, values }: { one: EventRow; values: boolean }) {
  const { t, f } = useLanguage();
  const moment = useMoment();
  const device = one.device as "mobile";
  return (
    <tr>
      <td>{moment(one.at)}</td>
      <td>
        <b>{one.label}</b>
        {one.bot && <span className={parts.sub}>{t("events.bot", { name: one.bot })}</span>}
      </td>
      <td className={own.page} title={one.title || undefined}>
        {one.path || "—"}
      </td>
      <td>{one.channel || "—"}</td>
      <td>{one.device ? t(`now.device.${device}`) : "—"}</td>
      <td className="quiet">{one.person}</td>
      {values && (
        <td className={own.value}>
          {one.value === null
            ? "—"
            : `${f.count(one.value)}${one.currency ? ` ${one.currency}` : ""}`}
        </td>
      )}
    </tr>
  );
}
