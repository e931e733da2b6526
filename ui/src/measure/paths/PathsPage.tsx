import { useTransitions } from "../../api/usePaths.ts";
import { useValues } from "../../api/useReports.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Select } from "../../kit/Field.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useReport, useReportQuery } from "../frame/report.ts";
import parts from "../parts/parts.module.css";
import { Sideways } from "../parts/Sideways.tsx";
import { likelyGoal, type Neighbour, neighbours } from "./flow.ts";
import styles from "./paths.module.css";
import { Ways } from "./Ways.tsx";

/** 導線: which pages lead to a page, and where people go from it. */
export function PathsPage() {
  const { t, f } = useLanguage();
  const { ws, search, span, change } = useReport();
  const query = useReportQuery();
  const pages = useValues(ws, { lang: query.lang, ...span }, "page", "");
  const values = pages.data?.values.map((one) => one.value) ?? [];
  const goal = search.goal ?? likelyGoal(values);
  const found = useTransitions(ws, query, goal);
  const choose = (page: string) => change({ ...search, goal: page });

  if (pages.error) return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!pages.data || !found.data)
    return (
      <>
        <Loading />
        <Skeleton height={36} width="50%" />
        <Skeleton height={340} />
      </>
    );
  const before = neighbours(found.data.steps, goal, "before");
  const after = neighbours(found.data.steps, goal, "after");
  const first = before.list.find((one) => one.page !== "" && !one.rest);
  const left = after.list.find((one) => one.page === "");
  const options = values.includes(goal) || !goal ? values : [goal, ...values];
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div>
          <h2>
            {first
              ? t("paths.said", { page: first.page, share: f.percent(first.share) })
              : t("paths.said.none")}
          </h2>
          <p className="quiet">
            {left ? t("paths.left", { share: f.percent(left.share) }) : t("paths.line")}
          </p>
        </div>
        <div className={styles.chooser}>
          <Select
            label={t("paths.goal")}
            value={goal}
            onChange={(event) => choose(event.target.value)}
            options={options.map((value) => ({ value, label: value }))}
          />
        </div>
      </div>
      {before.total === 0 ? (
        <EmptyState title={t("paths.none")} line={t("paths.none.line")} />
      ) : (
        <>
          <Card className={styles.picture}>
            <Ways goal={goal} before={before} after={after} onPage={choose} />
          </Card>
          <div className={styles.twins}>
            <WayTable side="before" list={before.list} />
            <WayTable side="after" list={after.list} />
          </div>
          <p className={styles.note}>{t("paths.note")}</p>
        </>
      )}
    </div>
  );
}

function WayTable({ side, list }: { side: "before" | "after"; list: Neighbour[] }) {
  const { t, f } = useLanguage();
  const most = Math.max(...list.map((one) => one.count), 1);
  return (
    <section className={parts.section}>
      <div className={parts.heading}>
        <h3>{t(`paths.${side}`)}</h3>
      </div>
      <Card flush>
        <Sideways label={t(`paths.${side}`)}>
          <table className={parts.table}>
            <thead>
              <tr>
                <th scope="col">{t("report.field.page")}</th>
                <th scope="col">
                  <span className="sr">{t("report.share.of")}</span>
                </th>
                <th scope="col">{t("paths.count")}</th>
                <th scope="col">{t("report.share.of")}</th>
              </tr>
            </thead>
            <tbody>
              {list.map((one) => (
                <tr key={one.page}>
                  <th scope="row">
                    {one.rest
                      ? t("paths.rest")
                      : one.page === ""
                        ? t(`paths.outside.${side}`)
                        : one.page}
                  </th>
                  <td aria-hidden="true">
                    <span className={parts.bar}>
                      <i style={{ width: `${(one.count / most) * 100}%` }} />
                    </span>
                  </td>
                  <td>{f.count(one.count)}</td>
                  <td>{f.percent(one.share)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Sideways>
      </Card>
    </section>
  );
}
