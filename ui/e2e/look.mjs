// Takes pictures of the screens with made-up replies, so that they can be looked at before
// (and without) a server: `node e2e/look.mjs [name …]` writes build/screens/*.png and fails
// when axe-core finds anything. LOOK_API=http://127.0.0.1:8787 takes the replies of a server
// instead, and the map of its first workspace.

import { mkdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build, runnerImport } from "vite";

const ui = fileURLToPath(new URL("..", import.meta.url));
const out = join(ui, "../build/screens");
const site = join(ui, "../build/look");
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const wanted = process.argv.slice(2);
const { module: fixtures } = await runnerImport(join(ui, "src/map/fixtures/recruiting.ts"));
await build({ root: ui, logLevel: "error", build: { outDir: site, emptyOutDir: true } });
await mkdir(out, { recursive: true });

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const server = createServer(async (request, response) => {
  const path = new URL(request.url, "http://x").pathname;
  const file = join(site, extname(path) ? path : "index.html");
  try {
    const body = await readFile(file);
    response.writeHead(200, {
      "Content-Type": `${TYPES[extname(file)] ?? "application/octet-stream"}; charset=utf-8`,
      "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:",
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

/** What the server would say. */
function reply(url) {
  const lang = url.searchParams.get("lang") ?? "ja";
  const path = url.pathname;
  if (path === "/api/workspaces")
    return {
      workspaces: [
        {
          slug: "demo",
          name: lang === "ja" ? "ひなたワークス" : "Hinata Works",
          demo: true,
          updated_at: "2026-09-08T00:00:00Z",
        },
      ],
    };
  if (path.endsWith("/hard/map")) return fixtures.hardMap(lang);
  if (path.endsWith("/map")) return fixtures.recruitingMap(lang);
  const one = /indicators\/([^/]+)$/.exec(path);
  if (one) return fixtures.recruitingDetail(decodeURIComponent(one[1]), lang);
  return null;
}

const shots = [];
for (const lang of ["ja", "en"])
  for (const theme of ["light", "dark"])
    for (const [size, viewport] of [
      ["wide", WIDE],
      ["phone", PHONE],
    ]) {
      shots.push({
        name: `map-${lang}-${size}-${theme}`,
        path: "/w/demo/map",
        lang,
        theme,
        viewport,
        print: size === "wide",
      });
      shots.push({
        name: `drawer-${lang}-${size}-${theme}`,
        path: "/w/demo/map?open=ctr",
        lang,
        theme,
        viewport,
      });
    }
for (const tab of ["definition", "roads", "breakdown", "history"])
  shots.push({
    name: `tab-${tab}`,
    path: `/w/demo/map?open=ctr&tab=${tab}`,
    lang: "ja",
    theme: "light",
    viewport: WIDE,
  });
shots.push({
  name: "drawer-kgi",
  path: "/w/demo/map?open=applications",
  lang: "ja",
  theme: "light",
  viewport: WIDE,
});
shots.push({
  name: "map-short",
  path: "/w/demo/map",
  lang: "ja",
  theme: "light",
  viewport: { width: 1440, height: 757 },
});
shots.push({
  name: "map-laptop",
  path: "/w/demo/map",
  lang: "en",
  theme: "light",
  viewport: { width: 1280, height: 720 },
});

for (const [lang, theme, viewport] of [
  ["ja", "light", WIDE],
  ["en", "dark", WIDE],
  ["ja", "light", PHONE],
])
  shots.push({
    name: `hard-${lang}-${viewport.width}`,
    path: "/w/hard/map",
    lang,
    theme,
    viewport,
  });
shots.push({
  name: "hard-folded",
  path: "/w/hard/map",
  lang: "ja",
  theme: "light",
  viewport: WIDE,
  act: foldToTwo,
});
shots.push({
  name: "asof",
  path: "/w/demo/map",
  lang: "ja",
  theme: "light",
  viewport: WIDE,
  act: (page) => page.locator("header button", { hasText: "9月8日" }).click(),
});
shots.push({
  name: "search",
  path: "/w/demo/map",
  lang: "ja",
  theme: "light",
  viewport: WIDE,
  act: search,
});
shots.push({
  name: "zoom",
  path: "/w/demo/map",
  lang: "ja",
  theme: "light",
  viewport: WIDE,
  act: zoomOut,
});

shots.push({
  name: "picture",
  path: "/w/demo/map",
  lang: "en",
  theme: "dark",
  viewport: WIDE,
  act: savePicture,
});

async function savePicture(page) {
  await page.getByRole("button", { name: "Use as a picture" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the map as PNG" }).click();
  await (await saved).saveAs(join(out, "picture-saved.png"));
}
async function foldToTwo(page) {
  await page.getByRole("button", { name: "表示する段" }).click();
  await page.getByRole("button", { name: "2段目まで" }).click();
}
async function search(page) {
  await page.keyboard.press("/");
  await page.keyboard.type("フォ");
}
async function zoomOut(page) {
  for (let i = 0; i < 4; i++) await page.getByRole("button", { name: "縮小" }).click();
}

const live = process.env.LOOK_API;
if (live) {
  const { workspaces } = await (await fetch(`${live}/api/workspaces`)).json();
  shots.length = 0;
  for (const { slug } of workspaces)
    for (const [lang, theme, viewport] of [
      ["ja", "light", WIDE],
      ["en", "dark", WIDE],
      ["ja", "light", PHONE],
    ]) {
      const { goal, indicators } = await (await fetch(`${live}/api/workspaces/${slug}/map`)).json();
      const name = `live-${slug}-${lang}-${viewport.width}`;
      shots.push({
        name,
        path: `/w/${slug}/map`,
        lang,
        theme,
        viewport,
        print: goal && viewport === WIDE,
      });
      for (const { id } of indicators.slice(0, 2))
        shots.push({
          name: `${name}-${id}`,
          path: `/w/${slug}/map?open=${id}`,
          lang,
          theme,
          viewport,
        });
    }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
});
let failures = 0;
for (const shot of shots) {
  if (wanted.length > 0 && !wanted.some((word) => shot.name.includes(word))) continue;
  const context = await browser.newContext({
    viewport: shot.viewport,
    bypassCSP: false,
    reducedMotion: "reduce",
  });
  await context.addInitScript(
    ([lang, theme]) => {
      localStorage.setItem("shirube.lang", lang);
      localStorage.setItem("shirube.theme", theme);
    },
    [shot.lang, shot.theme],
  );
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    failures++;
    console.error(shot.name, error.message);
  });
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    failures++;
    console.error(shot.name, message.text());
  });
  await page.route("**/api/**", async (route) => {
    const url = new URL(route.request().url());
    if (live)
      return route.fulfill({
        response: await route.fetch({ url: live + url.pathname + url.search }),
      });
    const body = reply(url);
    return body
      ? route.fulfill({ json: body })
      : route.fulfill({ status: 404, json: { title: "not in the fixture" } });
  });
  await page.goto(origin + shot.path, { waitUntil: "networkidle" });
  await shot.act?.(page);
  await page.screenshot({ path: join(out, `${shot.name}.png`) });

  const found = await check(page);
  for (const violation of found) {
    failures++;
    console.error(
      shot.name,
      violation.id,
      violation.nodes
        .slice(0, 3)
        .map((node) => node.target.join(" "))
        .join(" | "),
    );
  }
  if (shot.print) await paper(page, shot.name);
  console.log(shot.name);
  await context.close();
}

/** The printed page as a picture, and that it is one page. */
async function paper(page, name) {
  const pdf = (
    await page.pdf({ path: join(out, `${name}.pdf`), preferCSSPageSize: true })
  ).toString("latin1");
  const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  if (pages !== 1) {
    failures++;
    console.error(name, `prints on ${pages} pages`);
  }
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 1047, height: 718 }); // A4 landscape inside its margins
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.waitForTimeout(100);
  await page.screenshot({ path: join(out, `${name}-paper.png`) });
}

/** axe through the debugger, which the page's own policy does not bind. */
async function check(page) {
  await page.evaluate(await readFile(axe, "utf8"));
  return page.evaluate(async () => (await globalThis.axe.run(document)).violations);
}

await browser.close();
server.close();
process.exitCode = failures > 0 ? 1 : 0;
