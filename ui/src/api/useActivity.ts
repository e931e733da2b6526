import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Activity = Schemas["ActivityReply"];
export type ActivityRow = Schemas["ActivityRow"];
export type ActivityThing = Schemas["ActivityThing"];
export type AuditEntry = Schemas["AuditEntryView"];
export type AuditChange = Schemas["AuditChange"];
export type AuditArea = AuditEntry["area"];

/** What of the record is looked for; what is absent says nothing. */
export interface AuditWish {
  actor?: string;
  area?: AuditArea;
  from?: string;
  to?: string;
}

/** Who of which department looked and asked in the days up to today. */
export function useActivity(ws: string, days: number) {
  return useQuery({
    queryKey: ["activity", ws, days],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/activity", {
          params: { path: { ws }, query: { days } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** What was changed, page after page, the newest first. */
export function useAudit(ws: string, wish: AuditWish, allowed: boolean) {
  const { lang } = useLanguage();
  return useInfiniteQuery({
    queryKey: ["audit", ws, lang, wish],
    queryFn: ({ pageParam, signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/audit", {
          params: {
            path: { ws },
            query: { lang, limit: 50, ...wish, ...(pageParam ? { after: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
    enabled: allowed,
  });
}

/** The address of the record as a file. */
export function auditFile(ws: string, lang: string, wish: AuditWish): string {
  const query = new URLSearchParams({ lang, ...wish });
  return `/api/workspaces/${encodeURIComponent(ws)}/audit/export?${query}`;
}
