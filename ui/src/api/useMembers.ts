import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { Role } from "./types.ts";

/** The people of a workspace. */
export function useMembers(ws: string) {
  return useQuery({
    queryKey: ["members", ws],
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/members", { params: { path: { ws } }, signal })),
  });
}

/** Add somebody, change a role, take somebody out, make a new one-time link. */
export function useMemberActs(ws: string) {
  const client = useQueryClient();
  const { lang } = useLanguage();
  const again = { onSuccess: () => client.invalidateQueries({ queryKey: ["members", ws] }) };
  return {
    add: useMutation({
      mutationFn: (body: { name: string; email: string; role: Role; send: boolean }) =>
        take(
          api.POST("/api/workspaces/{ws}/members", {
            params: { path: { ws }, query: { lang } },
            body,
          }),
        ),
      ...again,
    }),
    change: useMutation({
      mutationFn: ({
        id,
        ...body
      }: {
        id: string;
        role?: Role;
        department?: string;
        export?: boolean;
      }) =>
        take(
          api.PATCH("/api/workspaces/{ws}/members/{id}", {
            params: { path: { ws, id } },
            body,
          }),
        ),
      ...again,
    }),
    remove: useMutation({
      mutationFn: (id: string) =>
        take(api.DELETE("/api/workspaces/{ws}/members/{id}", { params: { path: { ws, id } } })),
      ...again,
    }),
    invite: useMutation({
      mutationFn: (id: string) =>
        take(
          api.POST("/api/workspaces/{ws}/members/{id}/invitation", {
            params: { path: { ws, id } },
          }),
        ),
    }),
    link: useMutation({
      mutationFn: (id: string) =>
        take(api.POST("/api/workspaces/{ws}/members/{id}/link", { params: { path: { ws, id } } })),
    }),
  };
}
