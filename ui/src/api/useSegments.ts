import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
type Condition = Schemas["ConditionCondition"];
export type PeopleSegment = Schemas["PeopleSegment"];
export type ConditionChoices = Schemas["ConditionChoices"];
export type ConditionCountReply = Schemas["ConditionCount"];
export type SegmentMember = Schemas["SegmentMember"];
export type ReplayReply = Schemas["ReplayReply"];

/** What there is to build a condition from: properties, pages, events, tags and the like. */
export function useConditionChoices(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["segments", ws, "choices", lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/segments/choices", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
}

/** Of how many a condition is true; a question about an older state of it is called off. */
export function useConditionCount(ws: string, condition: Condition, enabled: boolean) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["segments", ws, "count", lang, condition],
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/workspaces/{ws}/segments/count", {
          params: { path: { ws }, query: { lang } },
          body: { condition },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled,
    retry: false,
    gcTime: 60_000,
  });
}

/** How many a condition would have become true of, over the last months. */
export function useReplay(ws: string, condition: Condition, days: number, enabled: boolean) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["segments", ws, "replay", lang, days, condition],
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/workspaces/{ws}/segments/replay", {
          params: { path: { ws }, query: { lang } },
          body: { condition, days },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled,
    retry: false,
  });
}

/** The saved segments of people. */
export function usePeopleSegments(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["segments", ws, "list", lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/segments", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

export function usePeopleSegment(ws: string, id: string, enabled: boolean) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["segments", ws, "one", id, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/segments/{id}", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
    enabled,
  });
}

export function useSegmentMembers(ws: string, id: string, offset: number, limit: number) {
  return useQuery({
    queryKey: ["segments", ws, "members", id, offset, limit],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/segments/{id}/members", {
          params: { path: { ws, id }, query: { offset, limit } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** Keeps a condition under a name: a new segment, or with an id in the place of an old one. */
export function useKeepSegment(ws: string) {
  const client = useQueryClient();
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: ({ id, ...body }: { id?: string; name: string; condition: Condition }) =>
      id
        ? take(
            api.PUT("/api/workspaces/{ws}/segments/{id}", {
              params: { path: { ws, id }, query: { lang } },
              body,
            }),
          )
        : take(
            api.POST("/api/workspaces/{ws}/segments", {
              params: { path: { ws }, query: { lang } },
              body,
            }),
          ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["segments", ws] }),
  });
}

export function useDropSegment(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(api.DELETE("/api/workspaces/{ws}/segments/{id}", { params: { path: { ws, id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["segments", ws] }),
  });
}
