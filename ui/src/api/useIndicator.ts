import { useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import { atQuery, type MapView } from "./useMap.ts";

/** Everything the drawer shows about one indicator. */
export function useIndicator(ws: string, id: string, view: MapView = {}) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["indicator", ws, id, lang, view.asOf ?? null, view.version ?? null],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/indicators/{id}", {
          params: { path: { ws, id }, query: atQuery(lang, view) },
          signal,
        }),
      ),
  });
}
