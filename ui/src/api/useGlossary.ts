import { useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";

/** What every number of a map means. */
export function useGlossary(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["glossary", ws, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/glossary", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}
