import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, sendFile, take } from "./client.ts";
import type { components } from "./schema";

export type FormDocument = components["schemas"]["FormDocumentView"];

const key = (ws: string, id: string) => ["formDocuments", ws, id];

/** The files a form can hand out. */
export function useFormDocuments(ws: string, id: string) {
  return useQuery({
    queryKey: key(ws, id),
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/forms/{id}/documents", {
          params: { path: { ws, id } },
          signal,
        }),
      ),
  });
}

/** Brings a file in; `told` hears what share of it has left. */
export function useBringDocument(ws: string, id: string, told: (share: number) => void) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const query = new URLSearchParams({ name: file.name, lang });
      return sendFile<FormDocument>(
        `/api/workspaces/${encodeURIComponent(ws)}/forms/${encodeURIComponent(id)}/documents?${query}`,
        file,
        told,
      );
    },
    onSuccess: () => client.invalidateQueries({ queryKey: key(ws, id) }),
  });
}

/** Deletes a file the form does not hand out now. */
export function useDropDocument(ws: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (document: string) =>
      take(
        api.DELETE("/api/workspaces/{ws}/forms/{id}/documents/{document}", {
          params: { path: { ws, id, document } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: key(ws, id) }),
  });
}
