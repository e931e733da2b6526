import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, take } from "./client.ts";
import type { NewAPIKey, NewWriteKey } from "./types.ts";

/** The keys events are sent with. */
export function useWriteKeys(ws: string, enabled = true) {
  return useQuery({
    queryKey: ["write-keys", ws],
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/write-keys", { params: { path: { ws } }, signal })),
    enabled,
  });
}

export function useWriteKeyActs(ws: string) {
  const client = useQueryClient();
  const again = { onSuccess: () => client.invalidateQueries({ queryKey: ["write-keys", ws] }) };
  return {
    make: useMutation({
      mutationFn: (body: NewWriteKey) =>
        take(api.POST("/api/workspaces/{ws}/write-keys", { params: { path: { ws } }, body })),
      ...again,
    }),
    end: useMutation({
      mutationFn: (id: string) =>
        take(api.DELETE("/api/workspaces/{ws}/write-keys/{id}", { params: { path: { ws, id } } })),
      ...again,
    }),
  };
}

/** The keys programs use the API with. */
export function useAPIKeys(ws: string, enabled = true) {
  return useQuery({
    queryKey: ["api-keys", ws],
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/api-keys", { params: { path: { ws } }, signal })),
    enabled,
  });
}

export function useAPIKeyActs(ws: string) {
  const client = useQueryClient();
  const again = { onSuccess: () => client.invalidateQueries({ queryKey: ["api-keys", ws] }) };
  return {
    make: useMutation({
      mutationFn: (body: NewAPIKey) =>
        take(api.POST("/api/workspaces/{ws}/api-keys", { params: { path: { ws } }, body })),
      ...again,
    }),
    end: useMutation({
      mutationFn: (id: string) =>
        take(api.DELETE("/api/workspaces/{ws}/api-keys/{id}", { params: { path: { ws, id } } })),
      ...again,
    }),
  };
}
