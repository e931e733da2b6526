import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Lead = Schemas["LeadView"];
export type LeadReason = Schemas["LeadReason"];
export type LeadsReply = Schemas["LeadsReply"];
export type LeadsAfter = Schemas["LeadsAfter"];
export type Verdict = Lead["verdict"];
export type Moment = Schemas["MomentView"];
export type CompanyGuess = Schemas["CompanyGuess"];

/** Which leads are looked at. */
export interface LeadsAsk {
  show: "open" | "talking" | "done";
  mine: boolean;
  card: string;
}

const key = (ws: string) => ["leads", ws];

/** Whom to talk with; asked again now and then, because somebody may become hot any moment. */
export function useLeads(ws: string, ask: LeadsAsk) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), lang, ask],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/leads", {
          params: {
            path: { ws },
            query: {
              lang,
              show: ask.show,
              mine: ask.mine,
              ...(ask.card ? { card: ask.card } : {}),
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

/** Says what became of a lead; "" takes it back. */
export function useSayOfLead(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, verdict, reason }: { id: string; verdict: Verdict; reason?: string }) =>
      take(
        api.POST("/api/workspaces/{ws}/leads/{id}/verdict", {
          params: { path: { ws, id }, query: { lang } },
          body: { verdict, ...(reason ? { reason } : {}) },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: key(ws) }),
        client.invalidateQueries({ queryKey: ["scores", ws] }),
      ]),
  });
}

/** Takes a lead, or gives it back. */
export function useTakeLead(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, give }: { id: string; give: boolean }) =>
      take(
        api.POST("/api/workspaces/{ws}/leads/{id}/owner", {
          params: { path: { ws, id }, query: { lang } },
          body: give ? { nobody: true } : {},
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: key(ws) }),
  });
}

const PAGE = 40;

/** Everything that happened with a person, the newest first, page by page. */
export function useTimeline(ws: string, lead: string) {
  const { lang } = useLanguage();
  return useInfiniteQuery({
    queryKey: ["contacts", ws, "timeline", "leads", lead, lang],
    queryFn: ({ signal, pageParam }) =>
      take(
        api.GET("/api/workspaces/{ws}/leads/{id}/timeline", {
          params: {
            path: { ws, id: lead },
            query: { lang, limit: PAGE, ...(pageParam ? { before: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last) => last.before || undefined,
  });
}
