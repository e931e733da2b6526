import "./kit/tokens.css";
import "./kit/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { askAhead } from "./api/askAhead.ts";
import { makeQueryClient } from "./api/queryClient.ts";
import { applyTheme } from "./frame/theme.ts";
import { LanguageProvider } from "./i18n/LanguageProvider.tsx";
import { initialLang } from "./i18n/language.ts";
import { learn } from "./i18n/translate.ts";
import { ToastProvider } from "./kit/Toast.tsx";
import { router } from "./router.tsx";

applyTheme();

/** Leads to the sign-in, and back to where the reader was. */
function askToSignIn() {
  const { pathname, href } = router.state.location;
  if (pathname === "/signin" || pathname === "/welcome") return;
  if (/^\/(view|embed)\//.test(pathname)) return; // a page with a password of its own
  void router.navigate({
    to: "/signin",
    search: href === "/" ? {} : { next: href },
    replace: true,
  });
}

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");

async function begin(at: HTMLElement) {
  const lang = initialLang();
  const client = makeQueryClient(askToSignIn);
  // The numbers, the words and the screen come side by side: none waits for another.
  askAhead(client, new URL(window.location.href), lang);
  await Promise.all([learn(lang), router.load()]);
  createRoot(at).render(
    <StrictMode>
      <LanguageProvider>
        <QueryClientProvider client={client}>
          <ToastProvider>
            <RouterProvider router={router} />
          </ToastProvider>
        </QueryClientProvider>
      </LanguageProvider>
    </StrictMode>,
  );
}

void begin(place);
