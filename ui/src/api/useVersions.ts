import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import { useForgetModel } from "./useModel.ts";

/** The saved versions of the model, newest first. */
export function useVersions(ws: string) {
  return useQuery({
    queryKey: ["versions", ws],
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/versions", { params: { path: { ws } }, signal })),
  });
}

/** What changed between two versions, as sentences. */
export function useCompare(ws: string, pair: { old: number; new: number } | null) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["versions", ws, "compare", pair, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/versions/compare", {
          params: { path: { ws }, query: { ...(pair ?? { old: 1, new: 1 }), lang } },
          signal,
        }),
      ),
    enabled: pair !== null,
  });
}

/** Goes back: an old version becomes the newest. Nothing is lost by it. */
export function useRestore(ws: string) {
  const { lang } = useLanguage();
  const forget = useForgetModel(ws);
  return useMutation({
    mutationFn: (n: number) =>
      take(
        api.POST("/api/workspaces/{ws}/versions/{n}/restore", {
          params: { path: { ws, n }, query: { lang } },
        }),
      ),
    onSuccess: () => forget(),
  });
}

/** Saves the model as text; 409 when somebody else saved first. */
export function useSaveModel(ws: string) {
  const { lang } = useLanguage();
  const forget = useForgetModel(ws);
  return useMutation({
    mutationFn: (wish: { yaml: string; baseVersion: number; note: string }) =>
      take(
        api.PUT("/api/workspaces/{ws}/model", {
          params: { path: { ws }, query: { lang } },
          body: { yaml: wish.yaml, base_version: wish.baseVersion, note: wish.note },
        }),
      ),
    onSuccess: () => forget(),
  });
}

/** What is wrong with a model text and what could be better; nothing is stored. */
export function useModelCheck(ws: string, yaml: string | null) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["check", ws, lang, yaml],
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/workspaces/{ws}/model/check", {
          params: { path: { ws } },
          body: { yaml: yaml ?? "", lang },
          signal,
        }),
      ),
    enabled: yaml !== null,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
}
