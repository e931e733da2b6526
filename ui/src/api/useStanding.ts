import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
/** One page that says where the team stands, every word of it in one language. */
export type Sheet = Schemas["ReportSheet"];
export type SheetSection = Schemas["ReportSection"];
export type SheetLine = Schemas["ReportLine"];
export type SheetGoal = Schemas["ReportGoal"];
export type SheetNumbers = Schemas["ReportNumbers"];
export type SheetRun = Schemas["ReportRun"];

/** How far back the page compares. */
export const RHYTHMS = ["daily", "weekly", "monthly"] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** The page as it is now. */
export function useStanding(ws: string, rhythm: Rhythm) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["standing", ws, rhythm, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/standing", {
          params: { path: { ws }, query: { lang, rhythm } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}
