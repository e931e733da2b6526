// How long the screens take to answer a press: `node e2e/interaction.mjs` starts a demo and prints,
// for what people do most, the longest time to the next frame and the longest run of the handlers
// (the browser's own Event Timing). No test: time says as much about the machine as about us.

import { fileURLToPath } from "node:url";
import { launch, newVisitor } from "./lib/browser.mjs";
import { startDemo } from "./lib/demo.mjs";
import { openMap } from "./lib/map.mjs";
import { say } from "./lib/words.mjs";

const GOAL = 100; // ms
const TIMES = 5;
const SETTLE = 400; // ms

const root = fileURLToPath(new URL("../..", import.meta.url));
const binary = process.env.SHIRUBE_BIN || `${root}build/shirube`;
const demo = await startDemo(binary, `${root}build/e2e/interaction.log`);
const browser = await launch();
const { context, page, settled } = await newVisitor(browser, demo.base, {
  ...{ lang: "ja", size: "wide", theme: "light" },
});
const t = say("ja");

await context.addInitScript(() => {
  window.__pressed = [];
  new PerformanceObserver((list) => {
    for (const { interactionId, duration, processingStart, processingEnd } of list.getEntries())
      if (interactionId) window.__pressed.push([duration, processingEnd - processingStart]);
  }).observe({ type: "event", buffered: true, durationThreshold: 16 });
});

async function measure(name, press) {
  await settled();
  await page.evaluate(() => {
    window.__pressed.length = 0;
  });
  for (let i = 0; i < TIMES; i++) {
    await press(i);
    await page.waitForTimeout(SETTLE);
  }
  const found = await page.evaluate(() => window.__pressed);
  const most = (at) => Math.round(Math.max(0, ...found.map((one) => one[at])));
  const verdict = most(0) < GOAL ? "held" : "missed";
  const [frame, handlers] = [0, 1].map((at) => String(most(at)).padStart(4));
  console.log(
    `${name.padEnd(26)}${frame} ms to the next frame, handlers${handlers} ms  ${verdict}`,
  );
}

const button = (key) => page.getByRole("button", { name: t(key), exact: true });
await openMap(page, "hinata");
await measure("open an indicator", (i) => page.locator("[data-card]").nth(i).click());
await measure("change its tab", (i) =>
  page
    .getByRole("tab")
    .nth((i + 1) % 3)
    .click(),
);
await measure("zoom", (i) => button(i % 2 ? "map.zoomIn" : "map.zoomOut").click());
await page.getByRole("combobox", { name: t("map.search") }).click();
await measure("type into the search", () => page.keyboard.press("a"));
await page.keyboard.press("Escape");
await openMap(page, "hinata");
await page.locator("[data-card]").first().focus();
await measure("walk the map by keys", (i) =>
  page.keyboard.press(i % 2 ? "ArrowLeft" : "ArrowRight"),
);
await page.goto("/w/hinata/ask");
await page.getByRole("slider").first().focus();
await measure("move a slider", () => page.keyboard.press("ArrowRight"));
await page.goto("/w/hinata/share");
await measure("change the page of a room", (i) =>
  page
    .locator("main nav a")
    .nth(i + 1)
    .click(),
);
await page.goto("/w/hinata/share/glossary");
await measure("change the language", () => page.locator("button[lang]").first().click());

await browser.close();
await demo.stop();
