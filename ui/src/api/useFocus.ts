import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

export type FocusReply = components["schemas"]["FocusReply"];
export type SetFocus = components["schemas"]["SetFocus"];

/** What the team watches, and what its state suggests. */
export function useFocus(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["focus", ws, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/focus", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** Chooses what is watched from today on. */
export function useSetFocus(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SetFocus) =>
      take(
        api.PUT("/api/workspaces/{ws}/focus", { params: { path: { ws }, query: { lang } }, body }),
      ),
    onSuccess: () =>
      Promise.all(
        ["focus", "map", "reviews"].map((name) =>
          client.invalidateQueries({ queryKey: [name, ws] }),
        ),
      ),
  });
}
