import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { Edit } from "./types.ts";

/** The model as text, at a version (the newest where none is given). */
export function useModel(ws: string, version?: number) {
  return useQuery({
    queryKey: ["model", ws, version ?? null],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/model", {
          params: { path: { ws }, query: version ? { version } : {} },
          signal,
        }),
      ),
  });
}

/** Everything a changed model makes old. */
export function useForgetModel(ws: string) {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [
        "map",
        "indicator",
        "model",
        "versions",
        "sources",
        "entries",
        "review",
        "levers",
        "whatif",
        "scenarios",
        "screening",
        "scorekeeping",
      ]
        .map((name) => client.invalidateQueries({ queryKey: [name, ws] }))
        .concat(client.invalidateQueries({ queryKey: ["goals"] })),
    );
}

/** Saves edits as one new version; `dryRun` only checks them. */
export function useEditModel(ws: string) {
  const { lang } = useLanguage();
  const forget = useForgetModel(ws);
  return useMutation({
    mutationFn: (edit: {
      baseVersion: number;
      edits: Edit[];
      dryRun?: boolean;
      note?: string | undefined;
    }) =>
      take(
        api.POST("/api/workspaces/{ws}/model/edit", {
          params: { path: { ws } },
          body: {
            base_version: edit.baseVersion,
            edits: edit.edits,
            dry_run: edit.dryRun ?? false,
            lang,
            ...(edit.note ? { note: edit.note } : {}),
          },
        }),
      ),
    onSuccess: (_, edit) => (edit.dryRun ? undefined : forget()),
  });
}
