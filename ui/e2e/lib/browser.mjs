// The machine's Chromium, and pages that tell on themselves: whatever a visitor's console would
// show in red fails the test that opened the page.

import { chromium } from "playwright-core";
import { DEMO_NOON } from "./day.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PATIENCE = 15_000; // ms
const MOMENT = 100;

export const SIZES = {
  wide: { width: 1440, height: 900 },
  laptop: { width: 1440, height: 757 },
  phone: { width: 390, height: 844 },
};

export function launch() {
  return chromium.launch({
    executablePath: process.env.SHIRUBE_CHROMIUM || "/usr/bin/chromium",
    args: FLAGS,
  });
}

/**
 * A visitor: a browser that remembers nothing, in one language, size and theme, at the demo's day.
 * Every page it opens reports to `complaints`; `allow(status)` expects a refusal of the server;
 * `settled` waits until nothing is on the way any more.
 */
export async function newVisitor(browser, base, { lang, size, theme }) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: SIZES[size],
    locale: lang === "ja" ? "ja-JP" : "en-US",
    timezoneId: "Asia/Tokyo",
    colorScheme: theme,
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  context.setDefaultTimeout(PATIENCE);
  await context.clock.setFixedTime(DEMO_NOON);
  await context.addInitScript(tellPolicyAndShifts);
  const found = [];
  const allowed = new Set();
  const origins = new Set([base]);
  const traffic = watchTraffic(context);
  context.on("page", (page) => watch(page, origins, found));
  return {
    context,
    page: await context.newPage(),
    allow: (status) => allowed.add(status),
    /** Another host of the test's own may be spoken to. */
    allowOrigin: (origin) => origins.add(origin),
    complaints: () => found.filter((one) => !allowed.has(one.status)).map((one) => one.text),
    settled: traffic.quiet,
    /** A page of its own for the next test, which answers only for itself. */
    async nextPage() {
      await traffic.quiet();
      for (const page of context.pages()) await page.close();
      found.length = 0;
      allowed.clear();
      this.page = await context.newPage();
    },
    async close() {
      // Requests still on the way would be cut off and look like failures.
      await traffic.quiet();
      await context.close();
    },
  };
}

/** Tells when nothing was on the way for a moment: sooner than the half second of networkidle. */
function watchTraffic(context) {
  const open = new Set();
  let last = Date.now();
  const note = (change) => (request) => {
    change(request);
    last = Date.now();
  };
  context.on(
    "request",
    note((request) => {
      // A stream of events never ends, and nothing waits for it.
      if (request.resourceType() !== "eventsource") open.add(request);
    }),
  );
  for (const end of ["requestfinished", "requestfailed"])
    context.on(
      end,
      note((request) => open.delete(request)),
    );
  return {
    async quiet() {
      const late = Date.now() + PATIENCE;
      while ((open.size > 0 || Date.now() - last < MOMENT) && Date.now() < late)
        await new Promise((resume) => setTimeout(resume, 10));
    },
  };
}

function watch(page, origins, found) {
  const tell = (text, status) => found.push({ text, status });
  page.on("pageerror", (error) => tell(`page error: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    // Nothing runs in such a frame, so what the tests put into every page does not either.
    if (/^Blocked script execution in .* frame is sandboxed/.test(message.text())) return;
    const status = /responded with a status of (\d+)/.exec(message.text());
    tell(`console: ${message.text()}`, status ? Number(status[1]) : undefined);
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // The screens call off what nobody waits for any more.
    if (why !== "net::ERR_ABORTED") tell(`request failed: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() < 400) return;
    const { pathname } = new URL(response.url());
    tell(`${response.request().method()} ${pathname}: ${response.status()}`, response.status());
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origins.has(origin) || protocol === "data:" || protocol === "blob:") return;
    tell(`a request left the machine: ${request.url()}`);
  });
}

/** Runs in the page before anything else. */
function tellPolicyAndShifts() {
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
  });
  window.__shift = { sum: 0, from: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      // What follows a click or a key is expected to move.
      if (entry.hadRecentInput) continue;
      window.__shift.sum += entry.value;
      for (const { node } of entry.sources ?? [])
        window.__shift.from.push(node?.className || node?.nodeName || "?");
    }
  }).observe({ type: "layout-shift", buffered: true });
}
