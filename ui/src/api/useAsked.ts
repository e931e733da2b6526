import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Asked = Schemas["AskedOutside"];

/** What can be asked by a link, and the question it is about. */
export function useAskPage(token: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["asked", token, "page", lang],
    queryFn: ({ signal }) =>
      take(api.GET("/api/asks/{token}", { params: { path: { token }, query: { lang } }, signal })),
  });
}

/** The questions that were asked from this browser, with what the team says. */
export function useOwnAsked(token: string) {
  const { lang } = useLanguage();
  const tickets = kept(token);
  return useQuery({
    queryKey: ["asked", token, "mine", lang, tickets],
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/asks/{token}/mine", {
          params: { path: { token }, query: { lang } },
          body: { tickets },
          signal,
        }),
      ),
    enabled: tickets.length > 0,
  });
}

/** Ask, and write further, without signing in. */
export function useAskActs(token: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  const params = { path: { token }, query: { lang } };
  const onSuccess = () => client.invalidateQueries({ queryKey: ["asked", token] });
  return {
    ask: useMutation({
      mutationFn: (body: { about?: string; text: string; name: string; email?: string }) =>
        take(api.POST("/api/asks/{token}", { params, body })),
      onSuccess: (asked) => {
        if (asked.ticket) keep(token, asked.ticket);
        return onSuccess();
      },
    }),
    more: useMutation({
      mutationFn: (body: { ticket?: string; text: string }) =>
        take(api.POST("/api/asks/{token}/words", { params, body })),
      onSuccess,
    }),
  };
}

const MOST = 30;
const key = (token: string) => `shirube.asked.${token}`;

/** The secrets that open what this browser has asked; without storage they last for the visit. */
const visit = new Map<string, string[]>();

function kept(token: string): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key(token)) ?? "[]");
    if (Array.isArray(list)) return list.filter((one) => typeof one === "string").slice(-MOST);
  } catch {
    // No storage, or not ours.
  }
  return visit.get(token) ?? [];
}

function keep(token: string, ticket: string) {
  const list = [...kept(token), ticket].slice(-MOST);
  visit.set(token, list);
  try {
    localStorage.setItem(key(token), JSON.stringify(list));
  } catch {
    // Remembered for this visit.
  }
}
