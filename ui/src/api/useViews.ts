import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";
import { whileComputing } from "./useMap.ts";

export type NewView = components["schemas"]["NewView"];
export type ChangedView = components["schemas"]["ChangedView"];
export type View = components["schemas"]["ViewReply"];
export type ViewPart = NonNullable<components["schemas"]["ViewReply"]["shows"]>[number];

/** The read-only pages of a workspace: those that work, and those closed of late. */
export function useViews(ws: string) {
  return useQuery({
    queryKey: ["views", ws],
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/views", { params: { path: { ws } }, signal })),
  });
}

/** Makes a read-only page; its address is told this once. */
export function useMakeView(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewView) =>
      take(api.POST("/api/workspaces/{ws}/views", { params: { path: { ws } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["views", ws] }),
  });
}

/** Changes what a page shows and asks for; its address stays. */
export function useChangeView(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: ChangedView }) =>
      take(api.PUT("/api/workspaces/{ws}/views/{id}", { params: { path: { ws, id } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["views", ws] }),
  });
}

/** Closes a read-only page for good. */
export function useCloseView(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(api.DELETE("/api/workspaces/{ws}/views/{id}", { params: { path: { ws, id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["views", ws] }),
  });
}

/** What a read-only page shows; what the pass opens is asked for anew with another one. */
export function useView(token: string, pass: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["view", token, pass, lang],
    queryFn: ({ signal }) =>
      take(api.GET("/api/views/{token}", { params: { path: { token }, query: { lang } }, signal })),
    refetchInterval: whileComputing,
  });
}

/** Tells the password of a page. */
export function useOpenView(token: string) {
  return useMutation({
    mutationFn: (password: string) =>
      take(
        api.POST("/api/views/{token}/pass", { params: { path: { token } }, body: { password } }),
      ),
  });
}

/** Tells that a page was opened: its maker sees how often, and never by whom. */
export async function countView(token: string, embedded: boolean): Promise<void> {
  await api.POST("/api/views/{token}/opened", { params: { path: { token } }, body: { embedded } });
}
