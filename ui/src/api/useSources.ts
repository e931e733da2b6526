import { useMutation, useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, sendFile, take } from "./client.ts";
import type { SourceSpec, UploadReply } from "./types.ts";
import { useForgetModel } from "./useModel.ts";

/** Where the numbers come from, with the files that were brought in. */
export function useSources(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["sources", ws, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/sources", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** Brings a file in: staged and previewed, nothing imported yet. */
export function stageFile(
  ws: string,
  lang: "ja" | "en",
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadReply> {
  const query = new URLSearchParams({ name: file.name, lang });
  return sendFile<UploadReply>(
    `/api/workspaces/${encodeURIComponent(ws)}/uploads?${query}`,
    file,
    onProgress,
    signal,
  );
}

/** The same staged file with another sheet in front. */
export function usePreviewSheet(ws: string) {
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: ({ id, sheet }: { id: string; sheet: string }) =>
      take(
        api.GET("/api/workspaces/{ws}/uploads/{id}/preview", {
          params: { path: { ws, id }, query: { lang, sheet } },
        }),
      ),
  });
}

/** Makes page views of a staged access log. */
export function useBackfill(ws: string) {
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: ({ id, host }: { id: string; host: string }) =>
      take(
        api.POST("/api/workspaces/{ws}/uploads/{id}/backfill", {
          params: { path: { ws, id }, query: { lang } },
          body: { host },
        }),
      ),
  });
}

/** Reads a staged file into a source, wholly or not at all. */
export function useImport(ws: string) {
  const { lang } = useLanguage();
  const forget = useForgetModel(ws);
  return useMutation({
    mutationFn: (wish: {
      id: string;
      sourceId: string;
      spec: SourceSpec;
      baseVersion: number;
      note: string;
      /** Gives the import up; the server then keeps nothing of it. */
      signal: AbortSignal;
    }) =>
      take(
        api.POST("/api/workspaces/{ws}/uploads/{id}/import", {
          params: { path: { ws, id: wish.id } },
          signal: wish.signal,
          body: {
            source_id: wish.sourceId,
            spec: wish.spec,
            base_version: wish.baseVersion,
            note: wish.note,
            lang,
          },
        }),
      ),
    onSuccess: () => forget(),
  });
}

/** How far an import has come; asked about once a second while it runs. */
export function useImportProgress(ws: string, id: string, running: boolean) {
  return useQuery({
    queryKey: ["upload", ws, id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/uploads/{id}", { params: { path: { ws, id } }, signal })),
    enabled: running,
    refetchInterval: 1000,
    gcTime: 0,
  });
}

/** Takes a file and its numbers out again. */
export function useRemoveUpload(ws: string) {
  const forget = useForgetModel(ws);
  return useMutation({
    mutationFn: (id: string) =>
      take(api.DELETE("/api/workspaces/{ws}/uploads/{id}", { params: { path: { ws, id } } })),
    onSuccess: () => forget(),
  });
}
