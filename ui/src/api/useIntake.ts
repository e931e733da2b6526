import { useQuery } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type IntakeReply = Schemas["IntakeReply"];
export type Intake = Schemas["IntakeView"];

/** Somebody who looks for a mistake sends again and waits for it to show (ms). */
const AGAIN = 3_000;

/** How events come in: what was refused and why, and whether the numbers keep up. */
export function useIntake(ws: string, enabled = true) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["measure", ws, "intake", lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/intake", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
    refetchInterval: AGAIN,
    retry: false,
    enabled,
  });
}
