// What a page does that uses @segment/analytics-next and has changed nothing but its host, in
// a real browser and from another origin. The test beside the collecting code runs it and
// looks at what arrived.
//
//   node analytics-next.mjs HOST KEY [batching]
//
// Prints what the page's console said and what it asked beforehand; the address of the page
// is http://localhost:PORT, that of HOST 127.0.0.1, so every call crosses origins.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { launch } from "../lib/browser.mjs";

const [host, writeKey, strategy] = process.argv.slice(2);
const built = new URL("../../node_modules/@segment/analytics-next/dist/umd/", import.meta.url);

const delivery =
  strategy === "batching"
    ? { strategy: "batching", config: { size: 10, timeout: 300 } }
    : { strategy: "standard" };
const html = `<!doctype html><title>料金</title><meta charset="utf-8"><script src="/sdk/index.js"></script>
<script>
  window.done = (async () => {
    const { AnalyticsBrowser } = window.AnalyticsNext;
    const analytics = AnalyticsBrowser.load(
      { writeKey: ${JSON.stringify(writeKey)}, cdnURL: ${JSON.stringify(host)} },
      { integrations: { "Segment.io": { deliveryStrategy: ${JSON.stringify(delivery)} } } },
    );
    await analytics.page();
    await analytics.identify("u1", { plan: "pro" });
    await analytics.track("Inquiry Submitted", { form: "contact" });
    await analytics.group("g1");
    await analytics.alias("u2");
  })();
</script>`;

const site = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  if (pathname.startsWith("/sdk/")) {
    try {
      const text = await readFile(new URL(pathname.slice(5), built));
      response.writeHead(200, { "Content-Type": "text/javascript" }).end(text);
    } catch {
      response.writeHead(404).end();
    }
    return;
  }
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(html);
});
await new Promise((ready) => site.listen(0, "127.0.0.1", ready));

const browser = await launch();
try {
  const context = await browser.newContext({ locale: "ja-JP" });
  const page = await context.newPage();
  const calls = new Set();
  page.on("console", (message) => console.log(`console: ${message.text()}`));
  page.on("pageerror", (error) => console.log(`error: ${error.message}`));
  page.on("response", async (response) => {
    if (response.url().startsWith(host))
      calls.add(
        `${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`,
      );
  });
  await page.goto(
    `http://localhost:${site.address().port}/pricing?utm_source=x&utm_medium=social&gclid=secret`,
    {
      referer: "https://search.yahoo.co.jp/search?p=private",
    },
  );
  await page.evaluate(() => window.done);
  // Batches leave a moment later, or when the page goes away: that is tried here.
  await page.goto("about:blank");
  await page.waitForTimeout(700);
  for (const call of calls) console.log(`call: ${call}`);
} finally {
  await browser.close();
  site.close();
}
