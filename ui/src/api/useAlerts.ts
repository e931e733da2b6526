import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Alerts = Schemas["AlertsReply"];
export type AlertLine = Schemas["AlertLine"];
export type AlertKind = AlertLine["kind"];
export type AlertMessage = Schemas["AlertMessageView"];
export type AlertSettings = Schemas["AlertSettings"];

const key = (ws: string) => ["alerts", ws];

/** What was told, and who hears of what. */
export function useAlerts(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/alerts", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** What would be told now; worked out anew, so it may take a moment. */
export function useAlertPreview(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), "preview", lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/alerts/preview", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** Tells at once what was not told yet. */
export function useTellAlerts(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      take(
        api.POST("/api/workspaces/{ws}/alerts/tell", { params: { path: { ws }, query: { lang } } }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: key(ws) }),
  });
}

/** Decides what is told, and when. */
export function useSetAlerts(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AlertSettings) =>
      take(
        api.PUT("/api/workspaces/{ws}/alerts/settings", {
          params: { path: { ws }, query: { lang } },
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: key(ws) }),
  });
}

/** Decides what is mailed to oneself. */
export function useSetMyAlerts(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["AlertMine"]) =>
      take(
        api.PUT("/api/workspaces/{ws}/alerts/mine", {
          params: { path: { ws }, query: { lang } },
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: key(ws) }),
  });
}
