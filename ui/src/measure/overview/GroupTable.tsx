import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { GroupNumbers } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { useReport } from "../frame/report.ts";
import { withFilter } from "../frame/search.ts";
import styles from "../parts/parts.module.css";

/** Where a row of a field leads, with its value as a filter. */
const LEADS = {
  page: "/w/$ws/measure/pages",
  channel: "/w/$ws/measure/sources",
  source: "/w/$ws/measure/sources",
  campaign: "/w/$ws/measure/campaigns",
  device: "/w/$ws/measure",
  event: "/w/$ws/measure/events",
} as const;

export type GroupField = keyof typeof LEADS;

interface GroupTableProps {
  field: GroupField;
  rows: GroupNumbers[] | undefined;
  /** What is counted in the rows. */
  counts: "visits" | "views" | "events";
  title: string;
  /** Beside the title: how it is counted. */
  define: ReactNode;
}

const SHOWN = 6;

/** The largest of one field; a row leads to its page, narrowed to it. */
export function GroupTable({ field, rows, counts, title, define }: GroupTableProps) {
  const { t, f } = useLanguage();
  const { ws, search } = useReport();
  const shown = rows?.toSorted((a, b) => b[counts] - a[counts]).slice(0, SHOWN);
  const most = Math.max(1, ...(shown?.map((one) => one[counts]) ?? []));
  const { filters: _, ...unfiltered } = search;
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.heading}>
        <h3>{title}</h3>
        {define}
        {field !== "device" && (
          <Link className="quiet" to={LEADS[field]} params={{ ws }} search={search}>
            {t("report.all")}
          </Link>
        )}
      </div>
      <Card flush>
        {!shown ? (
          <div style={{ padding: 16, display: "grid", gap: 16 }}>
            {[1, 2, 3, 4, 5, 6, 7].map((one) => (
              <Skeleton key={one} height={22} />
            ))}
          </div>
        ) : shown.length === 0 ? (
          <p className={styles.none}>{t("overview.group.none")}</p>
        ) : (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t(`report.field.${field}`)}</th>
                <th scope="col" colSpan={2}>
                  {t(`report.counts.${counts}`)}
                </th>
                {counts === "visits" && <th scope="col">{t("report.share.of")}</th>}
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <tr key={one.value}>
                  <th scope="row">
                    <Link
                      to={LEADS[field]}
                      params={{ ws }}
                      search={withFilter(field === "page" ? unfiltered : search, {
                        field,
                        op: "is",
                        values: [one.value],
                      })}
                    >
                      {one.label}
                    </Link>
                  </th>
                  <td>
                    <span className={styles.bar}>
                      <i style={{ width: `${(100 * one[counts]) / most}%` }} />
                    </span>
                  </td>
                  <td>{f.count(one[counts])}</td>
                  {counts === "visits" && <td className="quiet">{f.percent(one.share ?? 0)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Card>
    </section>
  );
}
