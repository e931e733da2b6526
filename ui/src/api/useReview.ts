import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { FindingCard, ReviewReply } from "./types.ts";
import { atQuery, type MapView } from "./useMap.ts";

/** How soon one asks again while the links are still being measured (ms). */
const AGAIN = 1500;

/** All findings, the most at stake first, resting ones too. */
export function useReview(ws: string, view: MapView = {}) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["review", ws, lang, view.asOf ?? null, view.version ?? null],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/review", {
          params: { path: { ws }, query: atQuery(lang, view) },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.evidence === "computing" ? AGAIN : false),
  });
}

/** Puts a finding to rest, with the reason; the list shows it at once. */
export function useMute(ws: string) {
  const { lang } = useLanguage();
  const change = useFindingChange(ws);
  return useMutation({
    mutationFn: ({ key, reason }: { key: string; reason: string }) =>
      take(
        api.POST("/api/workspaces/{ws}/review/mute", {
          params: { path: { ws }, query: { lang } },
          body: { key, reason },
        }),
      ),
    onMutate: ({ key, reason }) =>
      change.now(key, { reason, by: "", on: new Date().toISOString() }),
    onSettled: change.settle,
  });
}

/** Brings a finding back. */
export function useUnmute(ws: string) {
  const change = useFindingChange(ws);
  return useMutation({
    mutationFn: (key: string) =>
      take(
        api.DELETE("/api/workspaces/{ws}/review/mute", {
          params: { path: { ws }, query: { key } },
        }),
      ),
    onMutate: (key) => change.now(key, null),
    onSettled: change.settle,
  });
}

/** What is about to be true is shown already; the server's word settles it. */
function useFindingChange(ws: string) {
  const client = useQueryClient();
  const queryKey = ["review", ws];
  return {
    async now(key: string, muted: FindingCard["muted"]) {
      await client.cancelQueries({ queryKey });
      client.setQueriesData<ReviewReply>(
        { queryKey },
        (old) =>
          old && {
            ...old,
            findings: old.findings.map((one) => (one.key === key ? { ...one, muted } : one)),
          },
      );
    },
    settle: () => client.invalidateQueries({ queryKey }),
  };
}
