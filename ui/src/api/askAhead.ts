import type { QueryClient } from "@tanstack/react-query";
import type { Lang } from "../i18n/language.ts";
import { mapQuery } from "./useMap.ts";
import { meQuery } from "./useMe.ts";
import { workspacesQuery } from "./useWorkspaces.ts";

/**
 * Asks for what the screen of an address will ask for first, while the screen itself is still on
 * its way: otherwise one waits for the other. Pages outside the frame ask for themselves.
 */
export function askAhead(client: QueryClient, { pathname, search }: URL, lang: Lang) {
  const ws = /^\/w\/([^/]+)/.exec(pathname)?.[1];
  if (!ws && pathname !== "/" && pathname !== "/goals") return;
  void client.prefetchQuery(meQuery);
  void client.prefetchQuery(workspacesQuery);
  // A map of another day or version is asked for by the screen, which knows how to read the two.
  const plain = !/[?&](as_of|version)=/.test(search);
  if (ws && plain && /\/(map|ask)$/.test(pathname))
    void client.prefetchQuery(mapQuery(decodeURIComponent(ws), lang));
}
