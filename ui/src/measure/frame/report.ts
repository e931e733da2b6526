import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { createContext, useContext, useMemo } from "react";
import type { ReportQuery } from "../../api/reportQuery.ts";
import type { FilterView, MeasureState } from "../../api/types.ts";
import type { Day } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { type Compare, type ReportSearch, withFilter } from "./search.ts";
import { type Preset, type Span, spanOf, USUAL } from "./spans.ts";

const route = getRouteApi("/framed/w/$ws/measure");

export const ReportContext = createContext<MeasureState | null>(null);

/** The report one looks at: whose, which days, compared with what, and how to change it. */
export interface Report {
  ws: string;
  /** The newest day there is, where the workspace is; it is not over yet. */
  today: Day;
  zone: string;
  collecting: MeasureState["collecting"];
  span: Span;
  /** Null: days chosen by hand. */
  preset: Preset | null;
  compare: Compare;
  search: ReportSearch;
  /** Changes the address; the screen follows. */
  change: (search: ReportSearch) => void;
  /** Adds a condition. */
  narrow: (filter: FilterView) => void;
}

/** Only inside the measure frame, below the filter bar. */
export function useReport(): Report {
  const state = useContext(ReportContext);
  const { ws } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  if (!state) throw new Error("useReport outside of the measure frame");
  const { today, zone, collecting } = state;
  const chosen = search.from && search.to ? { from: search.from, to: search.to } : null;
  const preset = chosen ? null : (search.span ?? USUAL);
  const change = (next: ReportSearch) =>
    void navigate({ to: ".", search: next as never, resetScroll: false });
  return {
    ws,
    today,
    zone,
    collecting,
    span: chosen ?? spanOf(preset ?? USUAL, today),
    preset,
    compare: search.compare ?? "before",
    search,
    change,
    narrow: (filter) => change(withFilter(search, filter)),
  };
}

/** The days, the conditions and the language as the API wants them. */
export function useReportQuery(): ReportQuery {
  const { lang } = useLanguage();
  const { span, search } = useReport();
  const { from, to } = span;
  const filters = search.filters ? JSON.stringify(search.filters) : undefined;
  const { segment, bots } = search;
  return useMemo(
    () => ({
      lang,
      from,
      to,
      ...(filters ? { filters } : {}),
      ...(segment ? { segment } : {}),
      ...(bots ? { bots } : {}),
    }),
    [lang, from, to, filters, segment, bots],
  );
}
