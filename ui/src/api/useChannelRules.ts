import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { ChannelRule } from "./types.ts";

/** The rules by which ways in get their channel, in order. */
export function useChannelRules(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["measure", ws, "rules", lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/channel-rules", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** Sets rules of one's own, or (null) goes back to the program's; all reports are cut anew. */
export function useSetChannelRules(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  const params = { path: { ws }, query: { lang } };
  return useMutation({
    mutationFn: (rules: ChannelRule[] | null) =>
      take(
        rules
          ? api.PUT("/api/workspaces/{ws}/measure/channel-rules", { params, body: { rules } })
          : api.DELETE("/api/workspaces/{ws}/measure/channel-rules", { params }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["measure", ws] }),
  });
}
