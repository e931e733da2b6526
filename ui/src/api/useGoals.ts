import { useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";

/** Every workspace's KGI under its management goal. */
export function useGoals() {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["goals", lang],
    queryFn: ({ signal }) => take(api.GET("/api/goals", { params: { query: { lang } }, signal })),
  });
}
