import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import type { Lang } from "../i18n/language.ts";
import { api, take } from "./client.ts";

/** What the map is looked at with: which day, which saved version. */
export interface MapView {
  asOf?: string | undefined;
  version?: number | undefined;
}

/** How soon one asks again while the links are still being measured (ms), and how often at most. */
const AGAIN = 1000;
const MOST = 120;

/** Asks again while the evidence is being computed, but not for ever. */
export function whileComputing({
  state,
}: {
  state: { data?: { evidence: string } | undefined; dataUpdateCount: number };
}): number | false {
  return state.data?.evidence === "computing" && state.dataUpdateCount < MOST ? AGAIN : false;
}

/** How the whole map of a workspace is asked for, in one reply. */
export function mapQuery(ws: string, lang: Lang, view: MapView = {}) {
  return queryOptions({
    queryKey: ["map", ws, lang, view.asOf ?? null, view.version ?? null],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/map", {
          params: { path: { ws }, query: atQuery(lang, view) },
          signal,
        }),
      ),
  });
}

/** The whole map of a workspace. Keeps the old picture while a new day loads. */
export function useMap(ws: string, view: MapView = {}) {
  const { lang } = useLanguage();
  return useQuery({
    ...mapQuery(ws, lang, view),
    placeholderData: keepPreviousData,
    refetchInterval: whileComputing,
  });
}

/** lang, as_of and version as query parameters; what is not set is left out. */
export function atQuery(lang: Lang, view: MapView) {
  return {
    lang,
    ...(view.asOf ? { as_of: view.asOf } : {}),
    ...(view.version ? { version: view.version } : {}),
  };
}
