import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { Compare, ReportQuery } from "./reportQuery.ts";
import type { FilterView, paths } from "./types.ts";

/** How often today's numbers are asked for again while one looks (ms). */
const FRESH = 15_000;
/** And while the first event is waited for. */
const WAITING = 2_000;

/** Which day it is where the workspace is, and whether events come in. */
export function useMeasureState(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["measure", ws, "state"],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/state", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.collecting.state === "none" ? WAITING : 4 * FRESH),
  });
}

/** The first page of the web's numbers. */
export function useVisits(ws: string, query: ReportQuery, compare: Compare, enabled = true) {
  return useQuery({
    queryKey: ["measure", ws, "visits", query, compare],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/visits", {
          params: { path: { ws }, query: { ...query, compare } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    // What was called off before it was answered is not asked again by itself.
    refetchInterval: ({ state }) => state.data !== undefined && FRESH,
    enabled,
  });
}

type BreakdownField =
  paths["/api/workspaces/{ws}/measure/breakdown"]["get"]["parameters"]["query"]["field"];

/** The numbers by one field, `limit` rows of them. */
export function useBreakdown(
  ws: string,
  query: ReportQuery,
  field: BreakdownField,
  limit = 50,
  enabled = true,
) {
  return useQuery({
    queryKey: ["measure", ws, "breakdown", query, field, limit],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/breakdown", {
          params: { path: { ws }, query: { ...query, field, limit } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export type ValueField =
  paths["/api/workspaces/{ws}/measure/values"]["get"]["parameters"]["query"]["field"];

/** The values of a field seen in these days, the most frequent first. */
export function useValues(
  ws: string,
  query: Pick<ReportQuery, "from" | "to" | "lang">,
  field: ValueField,
  prefix: string,
  enabled = true,
  /** With field "property": whose values; absent, the names of properties are told. */
  property = "",
) {
  return useQuery({
    queryKey: ["measure", ws, "values", query, field, property, prefix],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/values", {
          params: {
            path: { ws },
            query: { ...query, field, prefix, ...(property ? { property } : {}) },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** What a number counted from events would say; null: it cannot be asked yet. */
export function useTryCount(
  ws: string,
  ask: paths["/api/workspaces/{ws}/measure/count"]["get"]["parameters"]["query"] | null,
) {
  return useQuery({
    queryKey: ["measure", ws, "count", ask],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/count", {
          params: { path: { ws }, query: ask ?? { count: "visits" } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled: ask !== null,
  });
}

/** Filters kept under a name. */
export function useSegments(ws: string) {
  return useQuery({
    queryKey: ["measure", ws, "segments"],
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/measure/segments", { params: { path: { ws } }, signal })),
  });
}

export function useKeepSegment(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; filters: FilterView[] }) =>
      take(api.POST("/api/workspaces/{ws}/measure/segments", { params: { path: { ws } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["measure", ws, "segments"] }),
  });
}

export function useDropSegment(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(
        api.DELETE("/api/workspaces/{ws}/measure/segments/{id}", {
          params: { path: { ws, id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["measure", ws, "segments"] }),
  });
}
