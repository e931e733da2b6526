import { useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import { atQuery, type MapView } from "./useMap.ts";

/** Measured numbers that are not on the map, those that move the goal first. */
export function useScreening(ws: string, view: MapView = {}) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["screening", ws, lang, view.asOf ?? null, view.version ?? null],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/screening", {
          params: { path: { ws }, query: atQuery(lang, view) },
          signal,
        }),
      ),
  });
}

/** How the program's own probabilities did. */
export function useScorekeeping(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["scorekeeping", ws, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/scorekeeping", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}
