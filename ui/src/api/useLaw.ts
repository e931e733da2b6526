import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Duty = Schemas["DutyView"];
export type Handing = Schemas["HandingView"];
export type Recipient = Schemas["RecipientView"];
export type RecipientWish = Schemas["LawRecipient"];
export type Tag = Schemas["LawTag"];

const KEY = (ws: string, ...rest: unknown[]) => ["law", ws, ...rest];

/** What the law asks, and how the settings stand. */
export function useLaw(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: KEY(ws, "duties", lang),
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/law", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** Who is handed data of people, or hands some to us. */
export function useRecipients(ws: string) {
  return useQuery({
    queryKey: KEY(ws, "recipients"),
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/law/recipients", { params: { path: { ws } }, signal }),
      ),
  });
}

export function useKeepRecipient(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: RecipientWish & { id?: string }) =>
      id
        ? take(
            api.PUT("/api/workspaces/{ws}/act/law/recipients/{id}", {
              params: { path: { ws, id } },
              body,
            }),
          )
        : take(
            api.POST("/api/workspaces/{ws}/act/law/recipients", { params: { path: { ws } }, body }),
          ),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY(ws) }),
  });
}

export function useDropRecipient(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(
        api.DELETE("/api/workspaces/{ws}/act/law/recipients/{id}", {
          params: { path: { ws, id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY(ws) }),
  });
}

/** The other tags of the websites, and the notice that comes of them. */
export function useTags(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: KEY(ws, "tags", lang),
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/law/tags", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

export function usePutTags(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tags: Tag[]) =>
      take(
        api.PUT("/api/workspaces/{ws}/act/law/tags", { params: { path: { ws } }, body: { tags } }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY(ws) }),
  });
}
