import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, sendFile, take } from "./client.ts";
import type { components, paths } from "./schema";

type Schemas = components["schemas"];
export type ContactLine = Schemas["ContactLine"];
export type ContactDetail = Schemas["ContactDetail"];
export type ContactAddress = Schemas["AddressView"];
export type ConsentRecord = Schemas["ConsentView"];
export type NewConsent = Schemas["NewConsent"];
export type Moment = Schemas["MomentView"];
export type ListPreview = Schemas["ContactListPreview"];
export type ListImport = Omit<Schemas["ContactImport"], "lang">;
export type ListImportReply = Schemas["ContactImportReply"];
export type Journey = Schemas["JourneyOf"];

/** Who is asked for; what is absent narrows nothing. */
export type ContactAsk = NonNullable<
  paths["/api/workspaces/{ws}/act/contacts"]["get"]["parameters"]["query"]
>;

export function useContacts(ws: string, ask: ContactAsk, enabled = true) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["contacts", ws, "list", lang, ask],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/contacts", {
          params: { path: { ws }, query: { ...ask, lang } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useContactTags(ws: string) {
  return useQuery({
    queryKey: ["contacts", ws, "tags"],
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/act/contact-tags", { params: { path: { ws } }, signal })),
  });
}

export function useContact(ws: string, id: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["contacts", ws, "one", id, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/contacts/{id}", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** What happened with somebody; `limit` grows as one reads on. */
export function useTimeline(ws: string, id: string, limit: number) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["contacts", ws, "timeline", id, lang, limit],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/contacts/{id}/timeline", {
          params: { path: { ws, id }, query: { lang, limit } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** Everything one does with one person. Whatever is done, their page and the lists are read again. */
export function useContactActs(ws: string, id: string) {
  const client = useQueryClient();
  const { lang } = useLanguage();
  const params = { path: { ws, id }, query: { lang } };
  const again = {
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["contacts", ws] }),
        client.invalidateQueries({ queryKey: ["segments", ws] }),
      ]),
  };
  const path = "/api/workspaces/{ws}/act/contacts/{id}" as const;
  return {
    change: useMutation({
      mutationFn: (body: Omit<Schemas["ContactChange"], "lang">) =>
        take(api.PATCH(path, { params, body })),
      ...again,
    }),
    consent: useMutation({
      mutationFn: (body: NewConsent & { address?: string }) =>
        take(api.POST(`${path}/consents`, { params, body })),
      ...again,
    }),
    stop: useMutation({
      mutationFn: (body: { topic?: string; note?: string }) =>
        take(api.POST(`${path}/stop`, { params, body: { reason: "by-hand", ...body } })),
      ...again,
    }),
    lift: useMutation({
      mutationFn: (body: { address?: string; topic?: string; why: string }) =>
        take(api.POST(`${path}/lift`, { params, body })),
      ...again,
    }),
    note: useMutation({
      mutationFn: (text: string) =>
        take(api.POST(`${path}/notes`, { params: { path: { ws, id } }, body: { text } })),
      ...again,
    }),
    merge: useMutation({
      mutationFn: (other: string) => take(api.POST(`${path}/merge`, { params, body: { other } })),
      ...again,
    }),
    erase: useMutation({
      mutationFn: () => take(api.DELETE(path, { params })),
      ...again,
    }),
    disclose: useMutation({
      mutationFn: () => take(api.GET(`${path}/disclosure`, { params })),
    }),
  };
}

export function useCreateContact(ws: string) {
  const client = useQueryClient();
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: (body: { address: string; name?: string }) =>
      take(
        api.POST("/api/workspaces/{ws}/act/contacts", {
          params: { path: { ws }, query: { lang } },
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["contacts", ws] }),
  });
}

/** Sends a list of people up; nothing is brought in yet. Resolves with its id. */
export async function stageList(
  ws: string,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const query = new URLSearchParams({ name: file.name });
  const reply = await sendFile<{ upload_id: string }>(
    `/api/workspaces/${encodeURIComponent(ws)}/uploads?${query}`,
    file,
    onProgress,
    signal,
  );
  return reply.upload_id;
}

/** What is in an uploaded list, read with these columns; without any, with those it proposes. */
export function useListPreview(ws: string, id: string, columns: string[] | null) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["contact-list", ws, id, lang, columns],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/contact-imports/{id}", {
          params: { path: { ws, id }, query: { lang, ...(columns ? { columns } : {}) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useImportList(ws: string, id: string) {
  const client = useQueryClient();
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: (body: ListImport) =>
      take(
        api.POST("/api/workspaces/{ws}/act/contact-imports/{id}", {
          params: { path: { ws, id }, query: { lang } },
          body: { ...body, lang },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["contacts", ws] }),
        client.invalidateQueries({ queryKey: ["segments", ws] }),
      ]),
  });
}

/** Whether what people did before they were known may be tied to them. */
export function useStitching(ws: string) {
  return useQuery({
    queryKey: ["stitching", ws],
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/act/stitching", { params: { path: { ws } }, signal })),
  });
}

export function usePutStitching(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { allowed: boolean; notice: string }) =>
      take(api.PUT("/api/workspaces/{ws}/act/stitching", { params: { path: { ws } }, body })),
    onSuccess: (view) => {
      client.setQueryData(["stitching", ws], view);
      return client.invalidateQueries({ queryKey: ["contacts", ws] });
    },
  });
}
