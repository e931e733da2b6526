import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useBreakdown } from "../../api/useReports.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { EmptyState } from "../../kit/EmptyState.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { useReport, useReportQuery } from "../frame/report.ts";
import { withFilter } from "../frame/search.ts";
import { Cuts } from "../parts/Cuts.tsx";
import { type Column, CutTable } from "../parts/CutTable.tsx";
import styles from "../parts/parts.module.css";
import { useCompared } from "../parts/useCompared.ts";

const CUTS = ["campaign", "content", "term"] as const;
type Cut = (typeof CUTS)[number];

const COLUMNS: Column[] = [
  "visits",
  "share",
  "visitors",
  "views_per_visit",
  "bounce_rate",
  "engaged_seconds",
  "events",
];
const MORE = [50, 200, 500];

/** キャンペーン: what the addresses of links and ads said (utm_campaign, utm_content, utm_term). */
export function CampaignsPage() {
  const { t, f } = useLanguage();
  const { ws, search } = useReport();
  const query = useReportQuery();
  const [cut, setCut] = useState<Cut>("campaign");
  const [more, setMore] = useState(0);
  const compared = useCompared(query, cut, "visits");
  const found = useBreakdown(ws, query, cut, MORE[more]);
  const reply = found.data?.field === cut ? found.data : undefined;
  const named = reply?.rows.filter((row) => row.value !== "") ?? [];
  const unnamed = reply?.rows.find((row) => row.value === "")?.visits ?? 0;
  const all = reply?.totals.visits ?? 0;
  return (
    <>
      <div className={styles.head}>
        <h2>
          {reply ? (
            named[0] ? (
              t("campaigns.said", {
                share: f.percent(all > 0 ? (all - unnamed) / all : 0),
                field: t(`report.field.${cut}`),
                name: named[0].label,
                count: f.count(named[0].visits),
              })
            ) : (
              t("campaigns.said.none", { field: t(`report.field.${cut}`) })
            )
          ) : (
            <Skeleton width="20em" height={28} />
          )}
        </h2>
        <p>{t("campaigns.line")}</p>
      </div>
      <Cuts
        label={t("campaigns.cut")}
        cuts={CUTS.map((key) => ({ key, label: t(`report.field.${key}`) }))}
        current={cut}
        onChange={(key) => {
          setCut(key);
          setMore(0);
        }}
      />
      {reply && named.length === 0 ? (
        <EmptyState title={t("campaigns.none")} line={t("campaigns.none.line")} />
      ) : (
        <CutTable
          compared={compared}
          key={cut}
          query={{ ...found, data: reply }}
          columns={COLUMNS}
          without={(row) => row.value === ""}
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
      )}
    </>
  );
}
