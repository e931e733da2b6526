import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { act, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { LanguageProvider } from "../i18n/LanguageProvider.tsx";
import type { Lang } from "../i18n/language.ts";
import { ToastProvider } from "../kit/Toast.tsx";

/** Draws a piece of a screen with everything around it that it expects: words, queries, links. */
export async function show(piece: ReactNode, lang: Lang = "ja") {
  const root = createRootRoute();
  const any = createRoute({ getParentRoute: () => root, path: "$", component: () => piece });
  const index = createRoute({ getParentRoute: () => root, path: "/", component: () => piece });
  const router = createRouter({
    routeTree: root.addChildren([index, any]),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  await router.load();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const view = render(
    <LanguageProvider lang={lang}>
      <QueryClientProvider client={client}>
        <ToastProvider>
          {/* biome-ignore lint/suspicious/noExplicitAny: the registered router is the program's own */}
          <RouterProvider router={router as any} />
        </ToastProvider>
      </QueryClientProvider>
    </LanguageProvider>,
  );
  await act(async () => {});
  return view;
}

/** Answers the API with made-up replies by the end of the path; what is not given is 404. */
export function answer(replies: Record<string, unknown>) {
  return async (request: Request | URL | string) => {
    const url = new URL(
      request instanceof Request ? request.url : String(request),
      "http://shirube.test",
    );
    const found = Object.entries(replies).find(([end]) => url.pathname.endsWith(end));
    if (!found) return Response.json({ title: "not found" }, { status: 404 });
    return Response.json(found[1]);
  };
}
