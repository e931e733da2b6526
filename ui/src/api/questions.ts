import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { api, take } from "./client.ts";

/** A report that was asked for and has not been answered yet. */
export interface Question {
  id: string;
  ws: string;
  /** When it was asked, by performance.now (ms). */
  since: number;
}

const running = new Map<Request, Question>();
const watchers = new Set<() => void>();
let list: Question[] = [];

function changed() {
  list = [...running.values()];
  for (const watcher of watchers) watcher();
}

const report = /^\/api\/workspaces\/([^/]+)\/measure\/(?!questions\/|state$|now\b|segments)/;

// Every report names itself, so that the screen can ask how far it is.
api.use({
  onRequest({ request }) {
    const ws = request.method === "GET" && report.exec(new URL(request.url).pathname)?.[1];
    if (!ws || !crypto.randomUUID) return request;
    const id = crypto.randomUUID();
    request.headers.set("X-Question", id);
    running.set(request, { id, ws: decodeURIComponent(ws), since: performance.now() });
    request.signal.addEventListener("abort", () => ended(request));
    changed();
    return request;
  },
  onResponse({ request }) {
    ended(request);
  },
  onError({ request }) {
    ended(request);
  },
});

function ended(request: Request) {
  if (running.delete(request)) changed();
}

/** The reports a workspace waits for, the oldest first. */
export function useRunningQuestions(ws: string): Question[] {
  const all = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    () => list,
  );
  return all.filter((one) => one.ws === ws);
}

/** How far a report is; asked while it is given. */
export function useQuestionProgress(ws: string, question: string | undefined) {
  return useQuery({
    queryKey: ["question", ws, question],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/measure/questions/{question}", {
          params: { path: { ws, question: question ?? "" } },
          signal,
        }),
      ),
    enabled: question !== undefined,
    refetchInterval: 700,
    gcTime: 0,
    retry: false,
  });
}
