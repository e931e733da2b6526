import { useMemo } from "react";
import type { Compare, ReportQuery } from "../../api/reportQuery.ts";
import type { BreakdownReply } from "../../api/types.ts";
import { useBreakdown } from "../../api/useReports.ts";
import { addDays, type Day, daysBetween } from "../../i18n/day.ts";
import { useReport } from "../frame/report.ts";
import type { Span } from "../frame/spans.ts";

/** What is compared in a table: what is drawn as its bars. */
export type Counted = "visits" | "views";

/** Two counts of one row, over spans of the same length. */
export interface Pair {
  now: number;
  before: number;
}

export interface Compared {
  span: Span;
  /** A row that is in neither span's list has none: nobody knows what it was. */
  of: (value: string) => Pair | null;
  total: Pair;
}

/** More rows than any table shows first: who fell out of the list is still found in it. */
const ROWS = 500;

/** The span compared with, moved by whole weeks so that Sundays meet Sundays; as the server does it. */
export function spanBefore({ from, to }: Span, compare: Exclude<Compare, "none">): Span {
  const days = daysBetween(from, to) + 1;
  const shift = compare === "last_year" ? 364 : Math.ceil(days / 7) * 7;
  return { from: addDays(from, -shift), to: addDays(to, -shift) };
}

/** The days of a span that are over; null where none is. Half a day is not laid beside whole ones. */
export function overDays({ from, to }: Span, today: Day): Span | null {
  const end = to >= today ? addDays(today, -1) : to;
  return from <= end ? { from, to: end } : null;
}

/** Row by row what is compared; null without anything to compare, and while it is coming. */
export function useCompared(
  query: ReportQuery,
  field: Parameters<typeof useBreakdown>[2],
  counted: Counted,
): Compared | null {
  const { ws, today, compare } = useReport();
  const over = overDays(query, today);
  const then = over && compare !== "none" ? spanBefore(over, compare) : null;
  const now = useBreakdown(ws, { ...query, ...over }, field, ROWS, then !== null);
  const before = useBreakdown(ws, { ...query, ...then }, field, ROWS, then !== null);
  const a = now.isPlaceholderData ? undefined : now.data;
  const b = before.isPlaceholderData ? undefined : before.data;
  return useMemo(
    () => (a && b && a.field === field && b.field === field ? pairs(a, b, counted) : null),
    [a, b, field, counted],
  );
}

/** Lays two replies beside each other. */
export function pairs(now: BreakdownReply, before: BreakdownReply, counted: Counted): Compared {
  const counts = (reply: BreakdownReply) =>
    new Map(reply.rows.map((row) => [row.value, row[counted]]));
  const [a, b] = [counts(now), counts(before)];
  return {
    span: before.span,
    of: (value) => {
      const pair = { now: a.get(value), before: b.get(value) };
      // Beyond the end of a long list nobody knows; within it, absent is none.
      if (pair.now === undefined && (now.more || pair.before === undefined)) return null;
      if (pair.before === undefined && before.more) return null;
      return { now: pair.now ?? 0, before: pair.before ?? 0 };
    },
    total: { now: now.totals[counted], before: before.totals[counted] },
  };
}
