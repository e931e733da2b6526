import { useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import { atQuery, type MapView } from "./useMap.ts";

/** Two runs of days, "2026-04-01..2026-04-30" each. */
export interface Compared {
  base: string;
  now: string;
}

/** Where the change of an indicator between two runs of days comes from. */
export function useExplain(ws: string, indicator: string, spans: Compared, view: MapView = {}) {
  const { lang } = useLanguage();
  const { base, now } = spans;
  return useQuery({
    queryKey: ["explain", ws, indicator, base, now, lang, view.asOf ?? null, view.version ?? null],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/explain", {
          params: { path: { ws }, query: { ...atQuery(lang, view), indicator, base, now } },
          signal,
        }),
      ),
    // Another period of the same indicator keeps the picture until its own is there.
    placeholderData: (old) => (old?.indicator === indicator ? old : undefined),
  });
}
