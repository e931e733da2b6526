import { Fragment, type ReactNode, useState } from "react";
import type { BreakdownReply, GroupNumbers } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { classes } from "../../kit/classes.ts";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useReport } from "../frame/report.ts";
import { differs, relative } from "../overview/change.ts";
import { durationParts } from "../overview/duration.ts";
import { Define } from "./Define.tsx";
import styles from "./parts.module.css";
import { Sideways } from "./Sideways.tsx";
import type { Compared, Pair } from "./useCompared.ts";

/** A number of a row, by the name the API gives it. */
export type Column =
  | "visitors"
  | "visits"
  | "share"
  | "views"
  | "views_per_visit"
  | "bounce_rate"
  | "engaged_seconds"
  | "entries"
  | "exits"
  | "exit_rate"
  | "events";

/** Under which name the reply defines how a column is counted. */
const DEFINED: Partial<Record<Column, string>> = {
  visits: "visits",
  views: "views",
  bounce_rate: "bounces",
  engaged_seconds: "engaged",
  entries: "entries",
  exits: "exits",
  events: "events",
};

interface CutTableProps {
  query: {
    data: BreakdownReply | undefined;
    error: unknown;
    refetch: () => unknown;
  };
  /** The first one is drawn as bars, too. */
  columns: Column[];
  /** The first column's name; default the field's. */
  name?: string;
  label: (row: GroupNumbers) => ReactNode;
  /** Rows that are not shown. */
  without?: (row: GroupNumbers) => boolean;
  /** Further rows below one, when it is opened; `beside`: how many cells stand beside the columns. */
  inside?: (row: GroupNumbers, columns: Column[], beside: number) => ReactNode;
  /** The first column's numbers beside those of another span; absent: nothing is compared. */
  compared?: Compared | null;
  /** Asks for more rows. */
  onMore?: (() => void) | undefined;
  /** The sums below; off where rows overlap. */
  totals?: boolean;
}

/** The numbers by one field: a bar, the numbers, and below each name how it is counted. */
export function CutTable(props: CutTableProps) {
  const { t } = useLanguage();
  const { query, columns, label, inside } = props;
  const [open, setOpen] = useState<string | null>(null);
  const cell = useCell();
  const { compare: against } = useReport();
  const comparing = props.compared !== undefined && against !== "none";
  const reply = query.data;
  if (query.error && !reply)
    return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!reply)
    return (
      <Card>
        <div style={{ display: "grid", gap: 24 }}>
          <Loading />
          {[1, 2, 3, 4, 5, 6].map((one) => (
            <Skeleton key={one} height={20} />
          ))}
        </div>
      </Card>
    );
  const [main] = columns as [Column];
  // The server sends most visits first; who reads the bars expects the longest first.
  const rows = reply.rows
    .filter((row) => !props.without?.(row))
    .sort((a, b) => (numberOf(b, main) ?? 0) - (numberOf(a, main) ?? 0));
  if (rows.length === 0)
    return (
      <Card>
        <p className="quiet">{t("overview.group.none")}</p>
      </Card>
    );
  const most = Math.max(1e-9, ...rows.map((row) => numberOf(row, main) ?? 0));
  // Nobody can know different people over several days without cookies: the days' are added up.
  const added = reply.totals.visitors === null || rows.some((row) => row.visitors === null);
  return (
    <Card flush>
      <Sideways label={reply.field_label}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{props.name ?? reply.field_label}</th>
              <th scope="col">
                <span className="sr">
                  {t("report.bar.of", { name: t(`report.column.${main}`) })}
                </span>
              </th>
              {columns.map((column, i) => (
                <Fragment key={column}>
                  <th scope="col">
                    <span>
                      {column === "visitors" && added
                        ? t("report.column.daily_visitors")
                        : t(`report.column.${column}`)}
                      <Define
                        align="end"
                        definition={
                          reply.definitions[
                            column === "visitors"
                              ? added
                                ? "daily_visitors"
                                : "visitors"
                              : (DEFINED[column] ?? "")
                          ]
                        }
                      />
                    </span>
                  </th>
                  {i === 0 && comparing && <th scope="col">{t(`report.against.${against}`)}</th>}
                </Fragment>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Fragment key={row.value}>
                <tr>
                  <th scope="row">
                    {inside && (
                      <Button
                        kind="quiet"
                        small
                        icon={open === row.value ? "down" : "right"}
                        aria-expanded={open === row.value}
                        aria-label={t("report.open", { name: row.label })}
                        onClick={() => setOpen(open === row.value ? null : row.value)}
                      />
                    )}
                    {label(row)}
                  </th>
                  <td>
                    <span className={styles.bar}>
                      <i style={{ width: `${(100 * (numberOf(row, main) ?? 0)) / most}%` }} />
                    </span>
                  </td>
                  {columns.map((column, i) => (
                    <Fragment key={column}>
                      <td>{cell(row, column, added)}</td>
                      {i === 0 && comparing && (
                        <Change pair={props.compared?.of(row.value) ?? null} />
                      )}
                    </Fragment>
                  ))}
                </tr>
                {open === row.value && inside?.(row, columns, comparing ? 2 : 1)}
              </Fragment>
            ))}
          </tbody>
          {props.totals && (
            <tfoot>
              <tr>
                <th scope="row">{t("report.total")}</th>
                <td />
                {columns.map((column, i) => (
                  <Fragment key={column}>
                    <td>
                      {column in reply.totals
                        ? cell(reply.totals as GroupNumbers, column, reply.totals.visitors === null)
                        : ""}
                    </td>
                    {i === 0 && comparing && <Change pair={props.compared?.total ?? null} />}
                  </Fragment>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </Sideways>
      {reply.more && props.onMore && (
        <p className={styles.foot}>
          <Button small onClick={props.onMore}>
            {t("report.more")}
          </Button>
        </p>
      )}
    </Card>
  );
}

/** How much more or less than in the other span; its colour only where it is more than chance. */
function Change({ pair }: { pair: Pair | null }) {
  const { t, f } = useLanguage();
  if (!pair) return <td className="quiet">—</td>;
  const { now, before } = pair;
  const sure = differs(now, before);
  const change = relative(now, before);
  const was = t("overview.change.before", { value: f.count(before) });
  return (
    <td
      className={classes(styles.change, sure ? (now > before ? "good" : "bad") : "quiet")}
      title={sure ? was : f.facts([was, t("overview.change.chance")])}
    >
      {change === null ? (now > 0 ? t("report.change.new") : "—") : f.relative(change)}
    </td>
  );
}

function numberOf(row: GroupNumbers, column: Column): number | null {
  return column === "visitors" ? (row.visitors ?? row.daily_visitors) : row[column];
}

/** A number of a row in words. */
export function useCell() {
  const { t, f } = useLanguage();
  return (row: GroupNumbers, column: Column, added: boolean): string => {
    const value = column === "visitors" && added ? row.daily_visitors : numberOf(row, column);
    if (value === null || value === undefined) return "—";
    switch (column) {
      case "share":
        return f.percent(value);
      case "bounce_rate":
      case "exit_rate":
        return f.amount(value, "%");
      case "engaged_seconds":
        return f.joined(durationParts(value, t));
      case "views_per_visit":
        return f.amount(value, "");
      default:
        return f.count(value);
    }
  };
}
