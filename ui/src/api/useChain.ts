import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, take } from "./client.ts";
import type { Compare, ReportQuery } from "./reportQuery.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type ChainReply = Schemas["ChainReply"];
export type ChainLevel = Schemas["ChainLevel"];
export type ChainStep = Schemas["ChainStep"];

/** The way to the KGI. Its numbers are the map's, so it knows no conditions. */
export function useChain(
  ws: string,
  { lang, from, to }: Pick<ReportQuery, "lang" | "from" | "to">,
  compare: Compare,
) {
  return useQuery({
    queryKey: ["measure", ws, "chain", lang, from, to, compare],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/chain", {
          params: { path: { ws }, query: { lang, from, to, compare } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}
