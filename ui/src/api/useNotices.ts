import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type NoticePlace = Schemas["NoticePlace"];
export type NewNoticePlace = Schemas["NewNoticePlace"];
export type NoticeKind = NoticePlace["kind"];

const key = (ws: string) => ["notices", ws];

/** Where people of the team are told. */
export function useNotices(ws: string) {
  return useQuery({
    queryKey: key(ws),
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/act/notices", { params: { path: { ws } }, signal })),
  });
}

/** Keeps a place; without an id it is a new one. */
export function useKeepNotice(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: NewNoticePlace }) =>
      id === ""
        ? take(
            api.POST("/api/workspaces/{ws}/act/notices", {
              params: { path: { ws }, query: { lang } },
              body,
            }),
          )
        : take(
            api.PUT("/api/workspaces/{ws}/act/notices/{id}", {
              params: { path: { ws, id }, query: { lang } },
              body,
            }),
          ),
    onSuccess: () => client.invalidateQueries({ queryKey: key(ws) }),
  });
}

export function useForgetNotice(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(api.DELETE("/api/workspaces/{ws}/act/notices/{id}", { params: { path: { ws, id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: key(ws) }),
  });
}

/** Sends a notice to try a place. */
export function useTryNotice(ws: string) {
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: (id: string) =>
      take(
        api.POST("/api/workspaces/{ws}/act/notices/{id}/test", {
          params: { path: { ws, id }, query: { lang } },
        }),
      ),
  });
}
