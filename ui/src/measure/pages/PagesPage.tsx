import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useBreakdown } from "../../api/useReports.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { useReport, useReportQuery } from "../frame/report.ts";
import { withFilter } from "../frame/search.ts";
import { Cuts } from "../parts/Cuts.tsx";
import { type Column, CutTable } from "../parts/CutTable.tsx";
import styles from "../parts/parts.module.css";
import { useCompared } from "../parts/useCompared.ts";

const CUTS = ["page", "entry", "exit", "title"] as const;
type Cut = (typeof CUTS)[number];

const COLUMNS: Record<Cut, Column[]> = {
  page: ["views", "visitors", "entries", "exits", "exit_rate", "engaged_seconds"],
  title: ["views", "visitors", "entries", "exits", "exit_rate", "engaged_seconds"],
  entry: ["visits", "share", "visitors", "views_per_visit", "bounce_rate", "engaged_seconds"],
  exit: ["visits", "share", "visitors", "views_per_visit", "engaged_seconds"],
};
const MORE = [50, 200, 500];

/** ページ: what is read, where visits begin and where they end. */
export function PagesPage() {
  const { t, f } = useLanguage();
  const { ws, search } = useReport();
  const query = useReportQuery();
  const [cut, setCut] = useState<Cut>("page");
  const [more, setMore] = useState(0);
  const count = cut === "page" || cut === "title" ? "views" : "visits";
  const compared = useCompared(query, cut, count);
  const found = useBreakdown(ws, query, cut, MORE[more]);
  const reply = found.data?.field === cut ? found.data : undefined;
  const [first] = reply?.rows ?? [];
  const all = reply?.totals[count] ?? 0;
  return (
    <>
      <div className={styles.head}>
        <h2>
          {reply ? (
            first && all > 0 ? (
              t(`pages.said.${cut}`, {
                page: first.label,
                count: f.count(first[count]),
                share: f.percent(first[count] / all),
              })
            ) : (
              t("overview.said.none")
            )
          ) : (
            <Skeleton width="20em" height={28} />
          )}
        </h2>
        <p>{t("pages.line")}</p>
      </div>
      <Cuts
        label={t("pages.cut")}
        cuts={CUTS.map((key) => ({ key, label: t(`report.field.${key}`) }))}
        current={cut}
        onChange={(key) => {
          setCut(key);
          setMore(0);
        }}
      />
      <CutTable
        compared={compared}
        key={cut}
        query={{ ...found, data: reply }}
        columns={COLUMNS[cut]}
        totals={cut === "entry" || cut === "exit"}
        label={(row) => (
          <Link
            to="/w/$ws/measure"
            params={{ ws }}
            search={withFilter(search, { field: cut, op: "is", values: [row.value] })}
            title={t("report.narrow", { name: row.label })}
          >
            {row.label}
          </Link>
        )}
        onMore={more < MORE.length - 1 ? () => setMore(more + 1) : undefined}
      />
    </>
  );
}
