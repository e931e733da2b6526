import { useState } from "react";
import { type CohortsReply, useCohorts, useEventNames } from "../../api/usePaths.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Select } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "../attribution/attribution.module.css";
import { useReport, useReportQuery } from "../frame/report.ts";
import parts from "../parts/parts.module.css";
import { Sideways } from "../parts/Sideways.tsx";
import own from "./cohorts.module.css";
import { returned } from "./returned.ts";

type Grain = "week" | "month";
const PERIODS = { week: 8, month: 6 };

/** リピート: of those who first came in a week, who came again in the weeks after. */
export function CohortsPage() {
  const { t, f } = useLanguage();
  const { ws } = useReport();
  const query = useReportQuery();
  const [grain, setGrain] = useState<Grain>("week");
  const [event, setEvent] = useState("");
  const names = useEventNames(ws, query);
  const { data, error, refetch } = useCohorts(ws, query, {
    grain,
    periods: PERIODS[grain],
    ...(event ? { event } : {}),
  });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <>
        <Loading />
        <Skeleton height={36} width="60%" />
        <Skeleton height={320} />
      </>
    );
  const first = returned(data);
  const some = data.cohorts.some((one) => one.people > 0);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h2>
          {first
            ? t(`cohorts.said.${data.grain as Grain}`, {
                share: f.percent(first.share),
                people: f.count(first.people),
              })
            : t("cohorts.title")}
        </h2>
      </div>
      <div className={styles.choices}>
        <Select
          label={t("cohorts.grain")}
          value={grain}
          onChange={(change) => setGrain(change.target.value as Grain)}
          options={[
            { value: "week", label: t("cohorts.week") },
            { value: "month", label: t("cohorts.month") },
          ]}
        />
        <Select
          label={t("cohorts.event")}
          value={event}
          onChange={(change) => setEvent(change.target.value)}
          options={[
            { value: "", label: t("cohorts.any") },
            ...(names.data?.names ?? []).map((one) => ({ value: one.name, label: one.label })),
          ]}
        />
        <span />
        <span />
      </div>
      {data.note && <Notice kind="info">{data.note}</Notice>}
      {some ? (
        <Heat reply={data} />
      ) : (
        <EmptyState title={t("cohorts.none")} line={t("cohorts.none.line")} />
      )}
      <p className={styles.note}>{t("cohorts.note")}</p>
    </div>
  );
}

function Heat({ reply }: { reply: CohortsReply }) {
  const { t, f } = useLanguage();
  const grain = reply.grain as Grain;
  const columns = Math.max(...reply.cohorts.map((one) => one.shares.length));
  // Whoever came, came: the first column only tells something where an event is asked for.
  const told = reply.cohorts.some((one) => one.shares[0] != null && one.shares[0] < 1);
  const places = Array.from({ length: columns }, (_, i) => i).slice(told ? 0 : 1);
  const most = Math.max(
    0.01,
    ...reply.cohorts.flatMap((one) => one.shares.slice(1).map((share) => share ?? 0)),
  );
  return (
    <Card flush>
      <Sideways label={t("cohorts.title")}>
        <table className={`${parts.table} ${own.heat}`}>
          <thead>
            <tr>
              <th scope="col">{t(`cohorts.first.${grain}`)}</th>
              <th scope="col">{t("cohorts.people")}</th>
              {places.map((i) => (
                <th key={i} scope="col">
                  {i === 0 ? t("cohorts.same") : t(`cohorts.later.${grain}`, { n: i })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {reply.cohorts.map((one) => (
              <tr key={one.from}>
                <th scope="row">
                  {grain === "week"
                    ? t("cohorts.from", { day: f.day(one.from) })
                    : f.from(one.from)}
                </th>
                <td>{f.count(one.people)}</td>
                {places.map((i) => {
                  const share = one.shares[i];
                  const strength = i === 0 || share == null ? 0 : share / most;
                  return (
                    <td
                      key={i}
                      title={
                        share == null
                          ? undefined
                          : t("cohorts.cell", { count: f.count(one.active[i] ?? 0) })
                      }
                      style={
                        strength > 0
                          ? {
                              background: `color-mix(in srgb, var(--ai-2) ${Math.round(strength * 100)}%, var(--card))`,
                            }
                          : undefined
                      }
                    >
                      {share == null ? "" : f.percent(share)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
    </Card>
  );
}
