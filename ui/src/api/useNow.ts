import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { EventRow, NowReply } from "./types.ts";

/** How soon after an event the server is asked for people and minutes anew (ms). */
const RECOUNT = 2_000;
/** Without any event: a minute passes all the same. */
const QUIET = 30_000;
/** How soon a stream that the server had refused is asked for again. */
const AGAIN = 5_000;
const MOST = 50;

export type Wire = "opening" | "live" | "lost";

/** What happens at this moment: counted by the server, and each event as it comes. */
export function useNow(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  const [wire, setWire] = useState<Wire>("opening");
  const now = useQuery({
    queryKey: ["measure", ws, "now", lang],
    queryFn: async ({ signal }) => {
      const reply = await take(
        api.GET("/api/workspaces/{ws}/measure/now", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      );
      return { ...reply, asked: performance.now() };
    },
    refetchInterval: QUIET,
    staleTime: 0,
  });
  const ready = now.isSuccess;
  useEffect(() => {
    if (!ready) return;
    const queryKey = ["measure", ws, "now", lang];
    let source: EventSource | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let recount: ReturnType<typeof setTimeout> | undefined;
    const count = () => {
      recount ??= setTimeout(() => {
        recount = undefined;
        void client.invalidateQueries({ queryKey });
      }, RECOUNT);
    };
    const open = () => {
      source = new EventSource(
        `/api/workspaces/${encodeURIComponent(ws)}/measure/live?lang=${lang}`,
      );
      source.onopen = () => {
        setWire("live");
        count(); // what came while nobody listened
      };
      source.onerror = () => {
        setWire("lost");
        // The browser tries again by itself unless the server had refused.
        if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN);
      };
      source.addEventListener("event", (message) => {
        const row = JSON.parse(message.data) as EventRow;
        client.setQueryData<NowReply & { asked: number }>(
          queryKey,
          (old) =>
            old && {
              ...old,
              events: [row, ...old.events.filter((one) => one.id !== row.id)].slice(0, MOST),
            },
        );
        count();
      });
    };
    open();
    return () => {
      source?.close();
      clearTimeout(again);
      clearTimeout(recount);
    };
  }, [client, ws, lang, ready]);
  return { ...now, wire };
}
