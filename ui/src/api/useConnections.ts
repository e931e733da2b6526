import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { ConnectionTry, ConnectionWish, NewConnection } from "./types.ts";
import { useForgetModel } from "./useModel.ts";

const key = (ws: string) => ["connections", ws];

/** Where numbers are fetched from; asked again while one of them is at it. */
export function useConnections(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/connections", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) =>
      state.data?.connections.some((one) => one.state === "running" || one.state === "waiting")
        ? 2000
        : false,
  });
}

/** How the last runs of a connection went. */
export function useConnectionRuns(ws: string, id: string, open: boolean) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), id, "runs", lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/connections/{id}/runs", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
    enabled: open,
  });
}

/** Fetches the last days to look at; nothing is kept. */
export function useTryConnection(ws: string) {
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: (body: ConnectionTry) =>
      take(
        api.POST("/api/workspaces/{ws}/connections/try", {
          params: { path: { ws } },
          body: { ...body, lang },
        }),
      ),
  });
}

export function useAddConnection(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  const forget = useForgetModel(ws);
  return useMutation({
    mutationFn: (body: NewConnection) =>
      take(
        api.POST("/api/workspaces/{ws}/connections", {
          params: { path: { ws } },
          body: { ...body, lang },
        }),
      ),
    onSuccess: () => Promise.all([forget(), client.invalidateQueries({ queryKey: key(ws) })]),
  });
}

export function useChangeConnection(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, wish }: { id: string; wish: ConnectionWish }) =>
      take(
        api.PUT("/api/workspaces/{ws}/connections/{id}", {
          params: { path: { ws, id } },
          body: { ...wish, lang },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: key(ws) }),
  });
}

export function useRunConnection(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(
        api.POST("/api/workspaces/{ws}/connections/{id}/run", {
          params: { path: { ws, id }, query: { lang } },
        }),
      ),
    // It begins a moment later.
    onSettled: () =>
      setTimeout(() => void client.invalidateQueries({ queryKey: key(ws) }), 800) && undefined,
  });
}

export function useRemoveConnection(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(api.DELETE("/api/workspaces/{ws}/connections/{id}", { params: { path: { ws, id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: key(ws) }),
  });
}
