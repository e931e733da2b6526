import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Initiative = Schemas["InitiativeView"];
export type InitiativeReply = Schemas["InitiativeReply"];
export type InitiativeBody = Schemas["InitiativeBody"];
export type InitiativeEstimate = Schemas["InitiativeEstimate"];
export type InitiativeDay = Schemas["InitiativeDay"];

/** What the team undertakes, what is running first. */
export function useInitiatives(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["initiatives", ws, "list", lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/initiatives", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** One initiative with its log. */
export function useInitiative(ws: string, id: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["initiatives", ws, "one", id, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/initiatives/{id}", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** What came by the links of its campaigns. */
export function useInitiativeCampaigns(ws: string, id: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["initiatives", ws, "campaigns", id, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/initiatives/{id}/campaigns", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** Begin one, change it, ask what came of it, delete it. */
export function useChangeInitiatives(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["initiatives", ws] });
  const path = (id: string) => ({ params: { path: { ws, id }, query: { lang } } });
  return {
    create: useMutation({
      mutationFn: (body: InitiativeBody) =>
        take(
          api.POST("/api/workspaces/{ws}/initiatives", {
            params: { path: { ws }, query: { lang } },
            body,
          }),
        ),
      onSuccess,
    }),
    save: useMutation({
      mutationFn: ({ id, base, body }: { id: string; base: number; body: InitiativeBody }) =>
        take(
          api.PUT("/api/workspaces/{ws}/initiatives/{id}", {
            ...path(id),
            body: { ...body, base_version: base },
          }),
        ),
      onSuccess,
    }),
    estimate: useMutation({
      mutationFn: (id: string) =>
        take(api.POST("/api/workspaces/{ws}/initiatives/{id}/estimates", path(id))),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (id: string) =>
        take(api.DELETE("/api/workspaces/{ws}/initiatives/{id}", path(id))),
      // Its own page is still open for a moment: it must not ask for what is gone.
      onSuccess: () => client.invalidateQueries({ queryKey: ["initiatives", ws, "list"] }),
    }),
  };
}
