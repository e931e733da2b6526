import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import { whileComputing } from "./useMap.ts";

/** The read-only pages of a workspace that still work. */
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
    mutationFn: (days: number) =>
      take(api.POST("/api/workspaces/{ws}/views", { params: { path: { ws } }, body: { days } })),
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

/** The map of a read-only page. */
export function useView(token: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["view", token, lang],
    queryFn: ({ signal }) =>
      take(api.GET("/api/views/{token}", { params: { path: { token }, query: { lang } }, signal })),
    refetchInterval: whileComputing,
  });
}
