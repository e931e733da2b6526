import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Card = Schemas["ScoreCard"];
export type CardView = Schemas["ScoreCardView"];
export type FitRule = Schemas["ScoreFit"];
export type BehaviourRule = Schemas["ScoreRule"];
export type ScorePreview = Schemas["ScorePreview"];
export type JudgedReply = Schemas["JudgedReply"];
export type LearnedReply = Schemas["LearnedReply"];
export type LineReply = Schemas["LineReply"];
export type RateView = Schemas["RateView"];

const key = (ws: string) => ["scores", ws];
const WORKING = 2000; // ms; how often it is asked whether a card has been worked out

export function useScoreCards(ws: string) {
  return useQuery({
    queryKey: [...key(ws), "list"],
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/score-cards", { params: { path: { ws } }, signal })),
    refetchInterval: ({ state }) =>
      state.data?.cards.some((one) => one.working) ? WORKING : false,
  });
}

export function useScoreCard(ws: string, id: string, enabled: boolean) {
  return useQuery({
    queryKey: [...key(ws), "one", id],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/score-cards/{id}", { params: { path: { ws, id } }, signal }),
      ),
    enabled,
    refetchInterval: ({ state }) => (state.data?.working ? WORKING : false),
  });
}

/** Keeps a card: a new one, or the next version of one. */
export function useKeepCard(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      id,
      base,
      live,
      card,
    }: {
      id?: string;
      base: number;
      live: boolean;
      card: Card;
    }) =>
      id
        ? take(
            api.PUT("/api/workspaces/{ws}/score-cards/{id}", {
              params: { path: { ws, id }, query: { lang } },
              body: { card, live, base_version: base },
            }),
          )
        : take(
            api.POST("/api/workspaces/{ws}/score-cards", {
              params: { path: { ws }, query: { lang } },
              body: { card, live },
            }),
          ),
    onSuccess: (view) => {
      client.setQueryData([...key(ws), "one", view.id], view);
      return Promise.all(
        [key(ws), ["leads", ws]].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
  });
}

export function useDropCard(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(api.DELETE("/api/workspaces/{ws}/score-cards/{id}", { params: { path: { ws, id } } })),
    onSuccess: () =>
      Promise.all(
        [
          [...key(ws), "list"],
          ["leads", ws],
        ].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
}

/** What a card would do with what people have done so far; an older question is called off. */
export function usePreviewCard(ws: string, of: string, card: Card, enabled: boolean) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["scorePreview", ws, lang, of, card],
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/workspaces/{ws}/score-cards/preview", {
          params: { path: { ws }, query: { lang, of } },
          body: { card },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled,
    retry: false,
    gcTime: 60_000,
  });
}

/** The line that follows from what sales can take and what the map needs. */
export function useLine(ws: string, id: string, ask: { a_week: number; serves: string }) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), "line", id, lang, ask],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/score-cards/{id}/line", {
          params: {
            path: { ws, id },
            query: { lang, a_week: ask.a_week, ...(ask.serves ? { serves: ask.serves } : {}) },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled: id !== "",
  });
}

export function useJudged(ws: string, id: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), "judged", id, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/score-cards/{id}/judged", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
    enabled: id !== "",
  });
}

export function useLearned(ws: string, id: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), "learned", id, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/score-cards/{id}/learned", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
    staleTime: 5 * 60_000,
  });
}

export function useCardVersions(ws: string, id: string) {
  return useQuery({
    queryKey: [...key(ws), "versions", id],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/score-cards/{id}/versions", {
          params: { path: { ws, id } },
          signal,
        }),
      ),
  });
}

/** A card as it was. */
export function useCardVersion(ws: string, id: string) {
  return useMutation({
    mutationFn: (version: number) =>
      take(
        api.GET("/api/workspaces/{ws}/score-cards/{id}/versions/{version}", {
          params: { path: { ws, id, version } },
        }),
      ),
  });
}
