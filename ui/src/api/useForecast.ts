import { useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import { atQuery, type MapView } from "./useMap.ts";

/** One indicator's days to come, with the days before them. */
export function useForecast(ws: string, indicator: string, horizon: number, view: MapView = {}) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["forecast", ws, indicator, horizon, lang, view.asOf ?? null, view.version ?? null],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/forecast", {
          params: { path: { ws }, query: { ...atQuery(lang, view), indicator, horizon } },
          signal,
        }),
      ),
  });
}
