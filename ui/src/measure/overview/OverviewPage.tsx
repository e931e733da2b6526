import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useVisits } from "../../api/useReports.ts";
import { addDays } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Chain } from "../chain/Chain.tsx";
import { CountButton } from "../counted/CountButton.tsx";
import type { Count } from "../counted/count.ts";
import { useReport, useReportQuery } from "../frame/report.ts";
import { useSpanWords } from "../frame/useSpanWords.ts";
import { NowPanel } from "../now/NowPanel.tsx";
import { Define } from "../parts/Define.tsx";
import { Setup } from "../setup/Setup.tsx";
import type { Figure } from "./change.ts";
import { DaysChart } from "./DaysChart.tsx";
import { durationParts } from "./duration.ts";
import { Exports } from "./Exports.tsx";
import { Figures, FiguresSkeleton } from "./Figures.tsx";
import { GroupTable } from "./GroupTable.tsx";
import { headline } from "./headline.ts";
import styles from "./overview.module.css";
import { useFigureWords } from "./useFigureWords.ts";

/** Which of the numbers a model can count, too; a share is made of two of them. */
const COUNTED: Partial<Record<Figure, Count>> = {
  visitors: "visitors",
  visits: "visits",
  views: "views",
};

/** 概要: what changed, in one sentence; the numbers, their days, and where people came from. */
export function OverviewPage() {
  const { ws, collecting } = useReport();
  return collecting.state === "none" ? <Setup ws={ws} last={null} /> : <Numbers />;
}

function Numbers() {
  const { t, f } = useLanguage();
  const { ws, span, today, compare, search, change } = useReport();
  const query = useReportQuery();
  const words = useSpanWords();
  const [figure, setFigure] = useState<Figure>("visits");
  const figures = useFigureWords();
  const visits = useVisits(ws, query, compare);
  // Half a day is not compared with whole ones: changes are told of the days that are over.
  const running = span.to >= today;
  const over = running && span.from < today;
  const untilYesterday = useVisits(
    ws,
    over ? { ...query, to: addDays(today, -1) } : query,
    compare,
    compare !== "none",
  );
  const reply = visits.data;
  const whole = running && !over ? null : (untilYesterday.data ?? null);
  if (visits.error && !reply)
    return <Failed error={visits.error} retry={() => void visits.refetch()} />;
  if (reply && reply.totals.visits === 0 && reply.totals.events === 0) {
    const narrowed = search.filters || search.segment;
    return (
      <div className={styles.nothing}>
        <h2>{t("overview.said.none")}</h2>
        <p className="quiet">
          {t(narrowed ? "overview.none.narrowed" : "overview.none.line", {
            span: words.range(span),
          })}
        </p>
        {narrowed && (
          <Button
            onClick={() => {
              const { filters: _, segment: __, ...rest } = search;
              change(rest);
            }}
          >
            {t("report.filter.clear")}
          </Button>
        )}
      </div>
    );
  }
  const against = compare === "none" ? "" : t(`report.compare.${compare}`);
  const define = (key: string) => <Define definition={reply?.definitions[key]} />;
  return (
    <>
      <div className={styles.head}>
        <h2>
          {reply && (compare === "none" || !over || whole) ? (
            headline(reply, whole, compare, { t, f })
          ) : (
            <>
              <span className="sr">{t("report.tab.overview")}</span>
              <Skeleton width="24em" height={28} />
            </>
          )}
        </h2>
        {!reply && <p />}
        {reply && (
          <p>
            {t("overview.perVisit", {
              views: f.amount(reply.totals.views_per_visit ?? 0, ""),
              time: f.joined(durationParts(reply.totals.visit_seconds ?? 0, t)),
            })}
            {whole?.compared && (
              <span>
                {t(over ? "overview.compared.until" : "overview.compared", {
                  span: words.range(whole.compared),
                })}
              </span>
            )}
          </p>
        )}
      </div>
      <Card flush className={styles.sheet}>
        {reply ? (
          <>
            <Figures reply={reply} whole={whole} shown={figure} onShow={setFigure} />
            {reply.days.length > 1 && (
              <div className={styles.days}>
                <h3>{t("overview.days", { name: figures.name(figure) })}</h3>
                {COUNTED[figure] && (
                  <CountButton
                    key={figure}
                    ws={ws}
                    start={{
                      count: COUNTED[figure],
                      name: figures.name(figure),
                      filters: search.filters ?? [],
                    }}
                  />
                )}
              </div>
            )}
            {reply.days.length > 1 && (
              <DaysChart
                days={reply.days}
                before={reply.days_before}
                figure={figure}
                today={today}
                against={against}
              />
            )}
          </>
        ) : (
          <>
            <Loading />
            <FiguresSkeleton />
            <div className={styles.chart}>
              <Skeleton height={208} />
            </div>
          </>
        )}
      </Card>
      <Chain />
      <div className={styles.below}>
        <div className={styles.tables}>
          <div>
            <GroupTable
              field="channel"
              title={t("report.field.channel")}
              rows={reply?.groups.channel}
              counts="visits"
              define={define("channel")}
            />
            <GroupTable
              field="page"
              title={t("report.field.page")}
              rows={reply?.groups.page}
              counts="views"
              define={define("views")}
            />
            <GroupTable
              field="campaign"
              title={t("report.field.campaign")}
              rows={reply?.groups.campaign}
              counts="visits"
              define={define("visits")}
            />
          </div>
          <div>
            <GroupTable
              field="source"
              title={t("report.field.source")}
              rows={reply?.groups.source}
              counts="visits"
              define={define("source")}
            />
            <GroupTable
              field="event"
              title={t("report.field.event")}
              rows={reply?.groups.event}
              counts="events"
              define={define("events")}
            />
            <GroupTable
              field="device"
              title={t("report.field.device")}
              rows={reply?.groups.device}
              counts="visits"
              define={define("visits")}
            />
          </div>
        </div>
        <NowPanel ws={ws} />
      </div>
      <footer className={styles.foot}>
        <Exports ws={ws} query={query} />
        <Link
          to="/w/$ws/measure/setup"
          params={{ ws }}
          search={search}
          className={buttonClass("quiet", true)}
        >
          {t("report.tab.setup")}
        </Link>
      </footer>
    </>
  );
}
