import { Link } from "@tanstack/react-router";
import { Fragment, useState } from "react";
import type { GroupNumbers } from "../../api/types.ts";
import { useBreakdown } from "../../api/useReports.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { useReport, useReportQuery } from "../frame/report.ts";
import { withFilter } from "../frame/search.ts";
import { Cuts } from "../parts/Cuts.tsx";
import { type Column, CutTable, useCell } from "../parts/CutTable.tsx";
import styles from "../parts/parts.module.css";
import { useCompared } from "../parts/useCompared.ts";
import { ChannelRules } from "./ChannelRules.tsx";

const CUTS = ["channel", "source", "medium", "referrer"] as const;
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

/** 流入: by which channel people come; opened, by which source. */
export function SourcesPage() {
  const { t, f } = useLanguage();
  const { ws, search } = useReport();
  const query = useReportQuery();
  const [cut, setCut] = useState<Cut>("channel");
  const [more, setMore] = useState(0);
  const [rules, setRules] = useState(false);
  const compared = useCompared(query, cut, "visits");
  const found = useBreakdown(ws, query, cut, MORE[more]);
  const reply = found.data?.field === cut ? found.data : undefined;
  const [first] = reply?.rows ?? [];
  const narrowed = (row: GroupNumbers, field: Cut | "source" = cut) => (
    <Link
      to="/w/$ws/measure"
      params={{ ws }}
      search={withFilter(search, { field, op: "is", values: [row.value] })}
      title={t("report.narrow", { name: row.label })}
    >
      {row.label}
    </Link>
  );
  return (
    <>
      <div className={styles.head}>
        <h2>
          {reply ? (
            first && first.visits > 0 ? (
              t("sources.said", { share: f.percent(first.share ?? 0), name: first.label })
            ) : (
              t("overview.said.none")
            )
          ) : (
            <Skeleton width="20em" height={28} />
          )}
        </h2>
        <p>{t("sources.line")}</p>
      </div>
      <Cuts
        label={t("sources.cut")}
        cuts={CUTS.map((key) => ({ key, label: t(`report.field.${key}`) }))}
        current={cut}
        onChange={(key) => {
          setCut(key);
          setMore(0);
        }}
      >
        <Button small icon="edit" onClick={() => setRules(true)}>
          {t("rules.open")}
        </Button>
      </Cuts>
      <CutTable
        compared={compared}
        key={cut}
        query={{ ...found, data: reply }}
        columns={COLUMNS}
        totals
        label={(row) => narrowed(row)}
        {...(cut === "channel"
          ? {
              inside: (row: GroupNumbers, columns: Column[], beside: number) => (
                <SourcesOf
                  channel={row.value}
                  columns={columns}
                  beside={beside}
                  label={(one) => narrowed(one, "source")}
                />
              ),
            }
          : {})}
        onMore={more < MORE.length - 1 ? () => setMore(more + 1) : undefined}
      />
      {rules && <ChannelRules ws={ws} onClose={() => setRules(false)} />}
    </>
  );
}

interface SourcesOfProps {
  channel: string;
  columns: Column[];
  /** Cells beside the columns: the bar, and the change where there is one. */
  beside: number;
  label: (row: GroupNumbers) => React.ReactNode;
}

/** The sources of one channel, as further rows of the table. */
function SourcesOf({ channel, columns, beside, label }: SourcesOfProps) {
  const { ws, search } = useReport();
  const query = useReportQuery();
  const cell = useCell();
  const narrow = withFilter(search, { field: "channel", op: "is", values: [channel] });
  const found = useBreakdown(
    ws,
    { ...query, filters: JSON.stringify(narrow.filters) },
    "source",
    30,
  );
  if (!found.data || found.isPlaceholderData)
    return (
      <tr className={styles.inner}>
        <td colSpan={columns.length + 1 + beside}>
          <Skeleton height={18} />
        </td>
      </tr>
    );
  const added = found.data.rows.some((row) => row.visitors === null);
  return found.data.rows.map((row) => (
    <tr key={row.value} className={styles.inner}>
      <th scope="row">{label(row)}</th>
      <td />
      {columns.map((column, i) => (
        <Fragment key={column}>
          <td>{cell(row, column, added)}</td>
          {i === 0 && beside > 1 && <td />}
        </Fragment>
      ))}
    </tr>
  ));
}
