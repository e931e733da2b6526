import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type SelfCheck = Schemas["SelfCheckReply"];
export type SelfCheckSheet = Schemas["SelfCheckSheet"];
export type SelfCheckLine = Schemas["SelfCheckLine"];
export type Handover = Schemas["HandoverReply"];

/** The two-minute check, what the team answered, and what it comes to. */
export function useSelfCheck(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["self-check", ws, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/selfcheck", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

export function useAnswerSelfCheck(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SelfCheckSheet) =>
      take(
        api.PUT("/api/workspaces/{ws}/selfcheck", {
          params: { path: { ws }, query: { lang } },
          body,
        }),
      ),
    onSuccess: (reply) => {
      client.setQueryData(["self-check", ws, lang], reply);
      return client.invalidateQueries({ queryKey: ["handover", ws] });
    },
  });
}

/** What stands in the pack for somebody outside. */
export function useHandover(ws: string, allowed: boolean) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["handover", ws, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/handover", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
    enabled: allowed,
  });
}

/** The address of the pack as a file. */
export function handoverFile(ws: string, lang: string): string {
  return `/api/workspaces/${encodeURIComponent(ws)}/handover/pack?lang=${lang}`;
}
