// shirube.js on a foreign site, in a real browser: what it sends, when, and what it never does.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { equal } from "../lib/expect.mjs";

const root = new URL("../../", import.meta.url);
const script = await readFile(new URL("dist/shirube.js", root));
const sends = JSON.parse(await readFile(new URL("tracker/sends.json", root), "utf8"));

export const tests = [
  {
    name: "the script is under 3 kB gzipped",
    async run() {
      const bytes = gzipSync(script).length;
      if (bytes >= 3000) throw new Error(`${bytes} bytes`);
    },
  },
  {
    name: "a visit without consent keeps nothing and sends only what the notice lists",
    async run({ page, allowOrigin }) {
      await onSite({ page, allowOrigin }, async ({ open, events, collector }) => {
        await open("/?utm_source=x&gclid=1#top");
        await page.waitForTimeout(1200);
        await page.getByText("料金へ").click();
        await page.getByText("資料").click();
        await page.getByText("相談する").click();
        await page.getByText("外へ").click();
        await page.getByText("電話").click();
        await page.locator("input[name=mail]").fill("hanako@example.jp");
        await page.getByText("送信").click();
        await page.evaluate(() => window.scrollTo(0, 1e6));
        const names = await events((list) => list.some((e) => e.event === "Page Scrolled"));
        equal(
          names.map((e) => [e.type, e.event ?? ""].join(" ").trim()).join(", "),
          "page, track Page Engaged, page, track File Downloaded, track Goal Clicked, track Outbound Link Clicked, track Outbound Link Clicked, track Form Submitted, track Page Scrolled",
          "events in order",
        );
        const [first, engaged, second, file, goal, out, phone, form] = names;
        equal(
          new URL(first.context.page.url).search,
          "?utm_source=x&gclid=1",
          "campaign of the landing",
        );
        equal(first.context.page.title, "はじめ", "title of the landing");
        equal(
          new URL(engaged.context.page.url).pathname,
          "/",
          "time belongs to the page it was spent on",
        );
        equal(engaged.properties.engaged_ms >= 1000, true, "visible time");
        equal(new URL(second.context.page.url).pathname, "/pricing", "page of the application");
        equal(second.context.page.title, "料金", "title set after the address");
        equal(new URL(second.context.page.referrer).pathname, "/", "the page before");
        equal(file.properties.file, "guide.pdf", "file");
        equal(JSON.stringify(goal.properties), '{"goal":"consult","plan":"pro"}', "goal");
        equal(out.properties.url, "http://elsewhere.test/path", "link without its query");
        equal(phone.properties.url, "tel:", "of a phone link only the kind");
        equal(form.properties.form, "contact", "form");
        equal(JSON.stringify(names).includes("hanako"), false, "what was typed is not sent");
        for (const e of names) equal(e.anonymousId ?? e.userId, undefined, "no id without consent");
        const left = await page.evaluate(() => [
          document.cookie,
          localStorage.length,
          sessionStorage.length,
        ]);
        equal(JSON.stringify(left), '["",0,0]', "nothing is kept in the browser");
        equal(collector.preflights, 0, "preflights");

        const listed = new Set([...sends.fields, ...sends.afterConsent].map((f) => f.key));
        for (const key of collector.keys)
          if (!listed.has(key)) throw new Error(`${key} is sent and not on the notice`);
        for (const { key } of sends.fields)
          if (!collector.keys.has(key)) throw new Error(`${key} is on the notice and never sent`);
      });
    },
  },
  {
    name: "after consent there is an id, and it is gone when consent is taken back",
    async run({ page, allowOrigin }) {
      await onSite({ page, allowOrigin }, async ({ open, events }) => {
        await open("/");
        await page.evaluate(() => {
          shirube("identify", "nobody");
          shirube("consent", true);
          shirube("identify", "u1", { plan: "pro" });
          shirube("track", "Inquiry Submitted", { value: 3 });
        });
        let list = await events((all) => all.some((e) => e.event === "Inquiry Submitted"));
        equal(
          list
            .filter((e) => e.type === "identify")
            .map((e) => e.userId)
            .join(),
          "u1",
          "identified",
        );
        const id = list.at(-1).anonymousId;
        equal(/^[0-9a-f-]{36}$/.test(id), true, "an id");
        equal(list.at(-1).userId, "u1", "user of later events");
        await open("/pricing");
        list = await events((all) => all.filter((e) => e.type === "page").length === 2);
        equal(list.at(-1).anonymousId, id, "the same id on the next page");
        await page.evaluate(() => {
          shirube("consent", false);
          shirube("track", "After");
        });
        list = await events((all) => all.some((e) => e.event === "After"));
        equal(list.at(-1).anonymousId, undefined, "id after it was taken back");
        equal(await page.evaluate(() => localStorage.length), 0, "what is kept");
      });
    },
  },
  {
    name: "what happens last is sent while leaving, and a server that is away is tried again",
    async run({ page, allowOrigin, allow }) {
      allow(503);
      await onSite({ page, allowOrigin }, async ({ open, events, collector }) => {
        collector.refuse = 2;
        await open("/");
        const list = await events((all) => all.length > 0);
        equal(list.length, 1, "the view, once");
        equal(collector.refused, 2, "refusals before it");
        await page.evaluate(() => shirube("track", "Last"));
        await page.goto("about:blank");
        const after = await events((all) => all.some((e) => e.event === "Last"));
        equal(after.filter((e) => e.event === "Last").length, 1, "the last event");
      });
    },
  },
];

/** A site on one origin and a collector on another; `events` waits for what arrived. */
async function onSite({ page, allowOrigin }, use) {
  const collector = { batches: [], preflights: 0, refuse: 0, refused: 0, keys: new Set() };
  const collecting = await listen((request, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    if (request.method === "OPTIONS") collector.preflights++;
    if (request.method !== "POST") return response.end(script);
    let text = "";
    request.on("data", (part) => {
      text += part;
    });
    request.on("end", () => {
      if (collector.refuse > 0) {
        collector.refuse--;
        collector.refused++;
        response.writeHead(503);
        return response.end();
      }
      const body = JSON.parse(text);
      collector.batches.push(...body.batch);
      note(collector.keys, body);
      response.end("{}");
    });
  });
  const site = await listen((request, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(pageOf(collecting.origin, request.url));
  });
  allowOrigin(site.origin);
  allowOrigin(collecting.origin);
  await page.context().route("http://elsewhere.test/**", (route) => route.fulfill({ status: 204 }));
  await page.clock.resume?.();
  try {
    await use({
      collector,
      open: (path) => page.goto(site.origin + path),
      async events(enough) {
        for (let i = 0; i < 150 && !enough(collector.batches); i++)
          await new Promise((resume) => setTimeout(resume, 100));
        if (!enough(collector.batches))
          throw new Error(`waited in vain; arrived: ${JSON.stringify(collector.batches)}`);
        return collector.batches;
      },
    });
  } finally {
    site.close();
    collecting.close();
  }
}

/** The keys of a request as the notice names them. */
function note(keys, { batch, ...envelope }) {
  for (const key of Object.keys(envelope)) keys.add(key);
  for (const { context, ...item } of batch) {
    for (const [key, value] of Object.entries(item)) if (value !== undefined) keys.add(key);
    for (const [part, value] of Object.entries(context)) {
      if (typeof value !== "object") keys.add(`context.${part}`);
      else for (const key of Object.keys(value)) keys.add(`context.${part}.${key}`);
    }
  }
}

function pageOf(origin, path) {
  return `<!doctype html><meta charset="utf-8"><title>はじめ</title>
<script defer src="${origin}/shirube.js" data-key="shrb_w_test"></script>
<body style="height:4000px"><button onclick="history.pushState(0,'','/pricing');setTimeout(()=>{document.title='料金'})">料金へ</button>
<a href="/files/guide.pdf" onclick="event.preventDefault()">資料</a>
<button data-shirube-goal="consult" data-shirube-plan="pro">相談する</button>
<a href="http://elsewhere.test/path?token=1" onclick="event.preventDefault()">外へ</a>
<a href="tel:0312345678" onclick="event.preventDefault()">電話</a>
<form id="contact" onsubmit="event.preventDefault()"><input name="mail"><button>送信</button></form>
<!-- ${path.length} --></body>`;
}

async function listen(handler) {
  const server = createServer(handler);
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => server.closeAllConnections() ?? server.close(),
  };
}
