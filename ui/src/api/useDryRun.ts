import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { Edit } from "./types.ts";

/** What edits would make of the model: problems, findings, the five lines. Stores nothing. */
export function useDryRun(ws: string, baseVersion: number, edits: Edit[]) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["dry-run", ws, baseVersion, lang, edits],
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/workspaces/{ws}/model/edit", {
          params: { path: { ws } },
          body: { base_version: baseVersion, edits, dry_run: true, lang },
          signal,
        }),
      ),
    enabled: edits.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
    retry: false,
  });
}
