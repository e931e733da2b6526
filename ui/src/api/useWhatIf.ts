import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import { atQuery, type MapView } from "./useMap.ts";

/** What a team can move, and what it is to move. */
export function useLevers(ws: string, view: MapView = {}) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["levers", ws, lang, view.asOf ?? null, view.version ?? null],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/levers", {
          params: { path: { ws }, query: atQuery(lang, view) },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** How a what-if is asked for; the same for the sliders and for a kept one that is restored. */
function useWhatIfOptions(ws: string, view: MapView) {
  const { lang } = useLanguage();
  return (sets: string[]) => ({
    queryKey: ["whatif", ws, lang, view.asOf ?? null, view.version ?? null, ...sets],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      take(
        api.GET("/api/workspaces/{ws}/whatif", {
          params: { path: { ws }, query: { ...atQuery(lang, view), set: sets } },
          signal,
        }),
      ),
    gcTime: 60_000,
  });
}

/** What would happen if; the last answer stays until the next one is there. */
export function useWhatIf(ws: string, view: MapView, sets: string[]) {
  const options = useWhatIfOptions(ws, view);
  return useQuery({
    ...options(sets),
    enabled: sets.length > 0,
    placeholderData: keepPreviousData,
  });
}

/** Asks once for what suppositions come to: for the sliders of a kept one. */
export function useAskWhatIf(ws: string, view: MapView) {
  const client = useQueryClient();
  const options = useWhatIfOptions(ws, view);
  return useMutation({ mutationFn: (sets: string[]) => client.fetchQuery(options(sets)) });
}

/** The least effort that reaches the goal with a probability. */
export function useSeek(ws: string, view: MapView) {
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: (probability: number) =>
      take(
        api.GET("/api/workspaces/{ws}/seek", {
          params: { path: { ws }, query: { ...atQuery(lang, view), probability } },
        }),
      ),
  });
}

/** The what-ifs somebody kept, with what they promise today. */
export function useScenarios(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["scenarios", ws, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/scenarios", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** Keeps a what-if under a name. */
export function useKeepScenario(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; sets: string[]; by?: string }) =>
      take(
        api.POST("/api/workspaces/{ws}/scenarios", {
          params: { path: { ws }, query: { lang } },
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["scenarios", ws] }),
  });
}

/** Forgets a kept what-if. */
export function useDropScenario(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(api.DELETE("/api/workspaces/{ws}/scenarios/{id}", { params: { path: { ws, id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["scenarios", ws] }),
  });
}
