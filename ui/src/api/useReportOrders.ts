import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type ReportOrder = Schemas["ReportView"];
export type ReportBody = Schemas["ReportBody"];
export type ReportReader = Schemas["ReportReader"];
export type ReportPerson = Schemas["ReportPerson"];
export type ReportIssueLine = Schemas["ReportIssueLine"];
export type ReportSent = Schemas["ReportSentView"];

/** What comes by mail, when and to whom. */
export function useReportOrders(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["reports", ws, "list", lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/reports", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** What was sent of one. */
export function useReportIssues(ws: string, id: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["reports", ws, "issues", id],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/reports/{id}/issues", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** A page as it was sent. */
export function useReportIssue(ws: string, id: string, n: number) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["reports", ws, "issue", id, n, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/reports/{id}/issues/{n}", {
          params: { path: { ws, id, n }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** Order one, change it, let it rest, send it now, get it oneself, delete it. */
export function useChangeReports(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["reports", ws] });
  const at = (id: string) => ({ params: { path: { ws, id }, query: { lang } } });
  return {
    create: useMutation({
      mutationFn: (body: ReportBody) =>
        take(
          api.POST("/api/workspaces/{ws}/reports", {
            params: { path: { ws }, query: { lang } },
            body,
          }),
        ),
      onSuccess,
    }),
    save: useMutation({
      mutationFn: ({ id, base, body }: { id: string; base: number; body: ReportBody }) =>
        take(
          api.PUT("/api/workspaces/{ws}/reports/{id}", {
            ...at(id),
            body: { ...body, base_version: base },
          }),
        ),
      onSuccess,
    }),
    send: useMutation({
      mutationFn: (id: string) =>
        take(api.POST("/api/workspaces/{ws}/reports/{id}/issues", at(id))),
      onSuccess,
    }),
    receive: useMutation({
      mutationFn: ({ id, receive }: { id: string; receive: boolean }) =>
        take(api.PUT("/api/workspaces/{ws}/reports/{id}/mine", { ...at(id), body: { receive } })),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (id: string) => take(api.DELETE("/api/workspaces/{ws}/reports/{id}", at(id))),
      onSuccess,
    }),
  };
}
