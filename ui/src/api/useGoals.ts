import { useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";

/** Every workspace's KGI under its management goal. */
export function useGoals() {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["goals", lang],
    queryFn: ({ signal }) => take(api.GET("/api/goals", { params: { query: { lang } }, signal })),
    // What is at stake may come later than the page.
    refetchInterval: ({ state }) =>
      state.data?.goals.some((group) => group.workspaces.some((one) => one.measuring))
        ? 2000
        : false,
  });
}
