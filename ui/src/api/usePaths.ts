import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { ReportQuery } from "./reportQuery.ts";
import type { components, paths } from "./schema";

type Schemas = components["schemas"];
export type Transition = Schemas["TransitionView"];
export type FunnelStep = Schemas["StepView"];
export type FunnelReply = Schemas["FunnelReply"];
export type FunnelResult = Schemas["FunnelStepView"];
export type SavedFunnel = Schemas["FunnelView"];
export type CohortsReply = Schemas["CohortsReply"];
export type Outcome = Schemas["OutcomeView"];
export type AttributionReply = Schemas["AttributionReply"];
export type AttributionRow = Schemas["AttributionRow"];
export type PostsReply = Schemas["PostsReply"];
export type Post = Schemas["PostView"];
export type PostGrouping = Schemas["PostGrouping"];
export type Follower = Schemas["FollowersView"];
export type EventName = Schemas["NameView"];

type AttributionAsk =
  paths["/api/workspaces/{ws}/measure/attribution"]["get"]["parameters"]["query"];
export type AttributionModel = NonNullable<NonNullable<AttributionAsk>["model"]>;
export type AttributionBy = NonNullable<NonNullable<AttributionAsk>["by"]>;

/** Which page follows which, in visits that reached a page. */
export function useTransitions(ws: string, query: ReportQuery, goal: string) {
  return useQuery({
    queryKey: ["measure", ws, "transitions", query, goal],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/transitions", {
          params: { path: { ws }, query: { ...query, goal, limit: 1000 } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** The names of events seen in these days. */
export function useEventNames(ws: string, query: ReportQuery, enabled = true) {
  return useQuery({
    queryKey: ["measure", ws, "names", query],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/names", {
          params: { path: { ws }, query },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** How many people come how far. */
export function useFunnel(ws: string, query: ReportQuery, steps: FunnelStep[], windowDays: number) {
  return useQuery({
    queryKey: ["measure", ws, "funnel", query, steps, windowDays],
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/workspaces/{ws}/measure/funnel", {
          params: { path: { ws }, query },
          body: { steps, window_days: windowDays },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled: steps.length > 0,
  });
}

export function useFunnels(ws: string) {
  return useQuery({
    queryKey: ["measure", ws, "funnels"],
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/measure/funnels", { params: { path: { ws } }, signal })),
  });
}

export function useKeepFunnel(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; steps: FunnelStep[]; window_days: number }) =>
      take(api.POST("/api/workspaces/{ws}/measure/funnels", { params: { path: { ws } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["measure", ws, "funnels"] }),
  });
}

export function useDropFunnel(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(
        api.DELETE("/api/workspaces/{ws}/measure/funnels/{id}", { params: { path: { ws, id } } }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["measure", ws, "funnels"] }),
  });
}

/** Who comes back, by when they first came. */
export function useCohorts(
  ws: string,
  query: ReportQuery,
  ask: { grain: "week" | "month"; periods: number; event?: string },
) {
  return useQuery({
    queryKey: ["measure", ws, "cohorts", query, ask],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/cohorts", {
          params: { path: { ws }, query: { ...query, ...ask } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** An outcome to trace; neither: the server chooses. */
export interface OutcomeAsk {
  indicator?: string;
  event?: string;
}

/** Which ways in brought the outcomes. */
export function useAttribution(
  ws: string,
  query: ReportQuery,
  ask: OutcomeAsk & { model: AttributionModel; by: AttributionBy; lookback: number; cost?: string },
) {
  return useQuery({
    queryKey: ["measure", ws, "attribution", query, ask],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/attribution", {
          params: { path: { ws }, query: { ...query, ...ask } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** Posts by what they brought. */
export function usePosts(
  ws: string,
  query: ReportQuery,
  ask: OutcomeAsk & { network?: string; format?: string; theme?: string },
) {
  return useQuery({
    queryKey: ["measure", ws, "posts", query, ask],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/posts", {
          params: { path: { ws }, query: { ...query, ...ask } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** Says what a post is about. */
export function usePostTheme(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ network, id, theme }: { network: string; id: string; theme: string }) =>
      take(
        api.PUT("/api/workspaces/{ws}/measure/posts/{network}/{id}/theme", {
          params: { path: { ws, network, id } },
          body: { theme },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["measure", ws, "posts"] }),
  });
}

/** Events as they came, the newest first; with an indicator only those it counts. */
export function useEvents(
  ws: string,
  query: ReportQuery,
  ask: { indicator?: string; limit: number; offset: number },
) {
  return useQuery({
    queryKey: ["measure", ws, "events", query, ask],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/events", {
          params: { path: { ws }, query: { ...query, ...ask } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** Whether language and days are known is the caller's: entries have a day of their own. */
export function useEntries(ws: string, day: string | undefined) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["entries", ws, lang, day ?? null],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/entries", {
          params: { path: { ws }, query: { lang, ...(day ? { day } : {}) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

export type EntriesReply = Schemas["EntriesReply"];
export type EntrySource = Schemas["EntrySource"];
export type EntryField = Schemas["EntryField"];
export type EntryChange = Schemas["EntryChange"];

/** What typed numbers make old. */
function useForgetNumbers(ws: string) {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ["entries", "entryHistory", "map", "indicator", "sources"].map((name) =>
        client.invalidateQueries({ queryKey: [name, ws] }),
      ),
    );
}

/** Types numbers of a day in; null takes one out. */
export function usePutEntries(ws: string) {
  const { lang } = useLanguage();
  const forget = useForgetNumbers(ws);
  return useMutation({
    mutationFn: (body: { source: string; day: string; values: Record<string, number | null> }) =>
      take(
        api.PUT("/api/workspaces/{ws}/entries", {
          params: { path: { ws }, query: { lang } },
          body,
        }),
      ),
    onSuccess: forget,
  });
}

export function useEntryHistory(ws: string, enabled = true) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["entryHistory", ws, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/entries/history", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
    enabled,
  });
}

/** Takes a typed number back. */
export function useUndoEntry(ws: string) {
  const { lang } = useLanguage();
  const forget = useForgetNumbers(ws);
  return useMutation({
    mutationFn: (id: string) =>
      take(
        api.POST("/api/workspaces/{ws}/entries/{id}/undo", {
          params: { path: { ws, id }, query: { lang } },
        }),
      ),
    onSuccess: forget,
  });
}
