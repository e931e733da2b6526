import { useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";

/** The templates a new workspace can start from. */
export function useTemplates() {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["templates", lang],
    queryFn: ({ signal }) =>
      take(api.GET("/api/templates", { params: { query: { lang } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
