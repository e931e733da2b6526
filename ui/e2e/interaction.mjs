// How long the screens take to answer a press: starts a demo and prints, for what people press
// most, the longest time to the next frame and the longest run of the handlers (the browser's own
// Event Timing). No test: time says as much about the machine as about us.
//
//   node e2e/interaction.mjs                 everything
//   node e2e/interaction.mjs lead mail       presses whose name contains one of the words

import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { launch, newVisitor } from "./lib/browser.mjs";
import { startDemo } from "./lib/demo.mjs";
import { presses } from "./lib/presses.mjs";
import { say } from "./lib/words.mjs";

const GOAL = 100; // ms
const TIMES = 5;
const SETTLE = 400; // ms, longer than whatever a press still moves

const wanted = process.argv.slice(2);
const root = fileURLToPath(new URL("../..", import.meta.url));
const binary = process.env.SHIRUBE_BIN || `${root}build/shirube`;
const demo = await startDemo(binary, `${root}build/e2e/interaction.log`);
const browser = await launch();
const visitor = await newVisitor(browser, demo.base, { lang: "ja", size: "wide", theme: "light" });
const { page, settled } = visitor;
const tools = { page, t: say("ja") };

await visitor.context.addInitScript(() => {
  window.__pressed = [];
  new PerformanceObserver((list) => {
    for (const { interactionId, duration, processingStart, processingEnd } of list.getEntries())
      if (interactionId) window.__pressed.push([duration, processingEnd - processingStart]);
  }).observe({ type: "event", buffered: true, durationThreshold: 16 });
});

/** The longest of the presses: { frame, handlers } in ms; a press under 16 ms is not told. */
async function longest({ press }) {
  await settled();
  await page.evaluate(() => {
    window.__pressed.length = 0;
  });
  for (let i = 0; i < TIMES; i++) {
    await press(tools, i);
    await page.waitForTimeout(SETTLE);
  }
  const found = await page.evaluate(() => window.__pressed);
  const most = (at) => Math.round(Math.max(0, ...found.map((one) => one[at])));
  return { frame: most(0), handlers: most(1) };
}

const ms = (time) => `${String(time).padStart(4)} ms`;
const load = () => loadavg()[0].toFixed(1);

console.log(
  `longest answer of the screens to ${TIMES} presses each (goal: under ${GOAL} ms; load ${load()})`,
);
let held = 0;
let asked = 0;
for (const one of presses) {
  // Where the next begins, the one before has to have been, so its way is gone even unmeasured.
  await one.open?.(tools);
  if (wanted.length > 0 && !wanted.some((word) => one.name.includes(word))) continue;
  const { frame, handlers } = await longest(one);
  asked++;
  if (frame < GOAL) held++;
  const verdict = frame < GOAL ? "" : "  missed";
  console.log(
    `  ${one.name.padEnd(30)} next frame ${ms(frame)}   handlers ${ms(handlers)}${verdict}`,
  );
}
console.log(`  ${held} of ${asked} held; load ${load()}`);

await visitor.close();
await browser.close();
await demo.stop();
