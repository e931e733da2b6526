// The map under the hand: folding, zooming, searching, walking, other days, paper and pictures.

import { readFile } from "node:fs/promises";
import { readMap } from "../lib/api.mjs";
import { check, equal, eventually, gone, reads, seen } from "../lib/expect.mjs";
import { card, cardText, drawer, focusedCard, mapScale, openMap } from "../lib/map.mjs";
import { pdfPages, pngSize } from "../lib/picture.mjs";
import { format, say } from "../lib/words.mjs";

export const demo = "shown";

const WS = "hinata";
const t = say("ja");

const openId = (page) => new URL(page.url()).searchParams.get("open");

export const tests = [
  {
    name: "it comes in one reply",
    async run({ page, settled }) {
      const asked = [];
      page.on("request", (request) => {
        const { pathname } = new URL(request.url());
        if (pathname.startsWith("/api/")) asked.push(pathname);
      });
      await openMap(page, WS);
      await settled();
      equal(
        asked.sort(),
        // The last is for the rail alone: how many questions one has not read.
        [
          "/api/me",
          "/api/workspaces",
          `/api/workspaces/${WS}/map`,
          `/api/workspaces/${WS}/questions/overview`,
        ],
        "questions asked",
      );
    },
  },
  {
    name: "a branch folds away and comes back",
    async run({ page }) {
      await openMap(page, WS);
      const all = await page.getByRole("article").count();
      await page.getByRole("button", { name: t("map.collapse", { name: "サイト訪問数" }) }).click();
      await gone(card(page, "クリック率"));
      const folded = page.getByRole("button", { name: /サイト訪問数の先を開く/ });
      const hidden = Number(/(\d+)件/.exec(await folded.getAttribute("title"))[1]);
      equal(await page.getByRole("article").count(), all - hidden, "cards left");
      await folded.click();
      await seen(card(page, "クリック率"));
      equal(await page.getByRole("article").count(), all, "cards after unfolding");

      await page.getByRole("button", { name: t("map.levels") }).click();
      await page.getByRole("button", { name: t("map.levels.to", { level: 1 }) }).click();
      await eventually(async () => equal(await page.getByRole("article").count(), 3, "one level"));
      await page.getByRole("button", { name: t("map.levels") }).click();
      await page.getByRole("button", { name: t("map.levels.all") }).click();
      await eventually(async () => equal(await page.getByRole("article").count(), all, "all"));
    },
  },
  {
    name: "it zooms by button, key and wheel, and fits again",
    async run({ page }) {
      await openMap(page, WS);
      const fitted = await mapScale(page);
      await page.getByRole("button", { name: t("map.zoomIn") }).click();
      await page.getByRole("button", { name: t("map.zoomIn") }).click();
      const larger = await mapScale(page);
      check(larger > fitted, `zoomed in: ${larger} is not above ${fitted}`);
      await page.getByRole("button", { name: t("map.fit") }).click();
      await eventually(async () => equal(await mapScale(page), fitted, "fitted"));
      await card(page, "クリック率").focus();
      for (let i = 0; i < 4; i++) await page.keyboard.press("-");
      const smaller = await mapScale(page);
      const names = await page.getByRole("article").allInnerTexts();
      check(
        names.some((text) => text.includes("クリック率")),
        "small cards keep their names",
      );
      check(smaller <= fitted, `zoomed out: ${smaller} is above ${fitted}`);
      await page.keyboard.press("0");
      await eventually(async () => equal(await mapScale(page), fitted, "fitted by key"));
    },
  },
  {
    name: "search finds by / and by ⌘K, Enter opens, Esc ends",
    async run({ page }) {
      await openMap(page, WS);
      const field = page.getByRole("combobox", { name: t("map.search") });
      await page.keyboard.press("/");
      await page.keyboard.type("フォーム");
      equal(await page.getByRole("option").count(), 2, "matches of フォーム");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await seen(drawer(page, "フォーム完了率"));
      equal(await field.inputValue(), "", "the search is over");

      for (const keys of ["Meta+k", "Control+k"]) {
        await page.keyboard.press(keys);
        equal(await field.evaluate((node) => node === document.activeElement), true, keys);
        await page.keyboard.type("どこにもない");
        await seen(page.getByText(t("map.search.none", { text: "どこにもない" })));
        await page.keyboard.press("Escape");
        equal(await field.inputValue(), "", "Esc clears");
      }
    },
  },
  {
    name: "arrows walk the tree, Enter opens, Esc closes and gives the place back",
    async run({ page }) {
      await openMap(page, WS);
      await page.locator("[data-card][tabindex='0']").focus();
      equal(await focusedCard(page), "applications", "the KGI is the way in");
      const steps = [
        ["ArrowRight", ["visits", "apply_rate"]],
        ["ArrowLeft", ["applications"]],
        ["End", null],
        ["Home", ["applications"]],
      ];
      for (const [key, wanted] of steps) {
        await page.keyboard.press(key);
        const at = await focusedCard(page);
        check(wanted === null ? at !== null : wanted.includes(at), `${key} led to ${at}`);
      }
      await page.keyboard.press("ArrowRight");
      const first = await focusedCard(page);
      await page.keyboard.press(first === "visits" ? "ArrowDown" : "ArrowUp");
      const second = await focusedCard(page);
      check(second !== first && second !== null, `up and down move in the column: ${second}`);
      await page.keyboard.press("Enter");
      await eventually(async () => equal(openId(page), second, "opened"));
      await seen(page.getByRole("tabpanel"));
      await page.keyboard.press("Escape");
      await eventually(async () => equal(openId(page), null, "closed"));
      await eventually(async () => equal(await focusedCard(page), second, "keyboard is back"));
    },
  },
  {
    name: "another day changes the numbers",
    async run({ page, base }) {
      await openMap(page, WS);
      const day = "2026-10-15";
      const f = format("ja");
      await page.getByTitle(t("map.asOf.choose")).click();
      await page.getByRole("button", { name: t("kit.previousMonth") }).click();
      await page.getByRole("button", { name: f.weekday(day), exact: true }).click();
      await eventually(async () =>
        equal(new URL(page.url()).searchParams.get("as_of"), day, "day in the address"),
      );
      const [now, then] = await Promise.all([
        readMap(base, WS),
        readMap(base, WS, `lang=ja&as_of=${day}`),
      ]);
      for (const id of ["applications", "visits"]) {
        const [today, before] = [now, then].map(
          (map) => map.indicators.find((one) => one.id === id).value,
        );
        check(today !== before, `${id} is the same on both days`);
        await reads(cardText(page, id), before.toLocaleString("en-US"), `${id} on ${day}`);
      }
      await page.getByTitle(t("map.asOf.choose")).click();
      await page.getByRole("button", { name: t("map.asOf.latest") }).click();
      const latest = now.indicators.find((one) => one.id === "visits").value;
      await reads(cardText(page, "visits"), latest.toLocaleString("en-US"), "back to the latest");
    },
  },
  {
    name: "on paper it is one page with legend and date",
    async run({ page, shot, settled }) {
      await openMap(page, WS);
      await settled();
      const paper = await page.pdf({ preferCSSPageSize: true });
      equal(pdfPages(paper), 1, "pages");
      check(paper.length > 20_000, `the page is not empty: ${paper.length} bytes`);

      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
      const sheet = page.locator("svg", { hasText: t("status.met") }).last();
      await seen(sheet);
      const words = await sheet.evaluate((svg) => svg.textContent);
      for (const status of ["met", "on-pace", "behind", "missed", "too-early"])
        check(words.includes(t(`status.${status}`)), `the legend lacks ${status}`);
      const f = format("ja");
      for (const day of ["2026-11-21", "2026-11-22"])
        check(words.includes(f.longDay(day)) || words.includes(f.day(day)), `${day} is missing`);
      await shot("paper");
    },
  },
  {
    name: "it becomes a picture, saved and copied",
    async run({ page, settled }) {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await openMap(page, WS);
      await settled();
      const menu = page.getByRole("button", { name: t("map.picture"), exact: true });
      await menu.click();
      const [saved] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: t("map.picture.saveMap") }).click(),
      ]);
      check(saved.suggestedFilename().endsWith(".png"), `name ${saved.suggestedFilename()}`);
      sensible(await readFile(await saved.path()), "the map");

      await menu.click();
      await page.getByRole("button", { name: t("map.picture.copyMap") }).click();
      await seen(page.getByText(t("map.picture.copied")));
      const copied = await page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        const blob = await item.getType("image/png");
        return [...new Uint8Array(await blob.arrayBuffer())];
      });
      sensible(Buffer.from(copied), "the copied map");
    },
  },
  {
    name: "a phone shows the same as a list",
    look: { size: "phone" },
    async run({ page, base }) {
      await page.goto(`/w/${WS}/map`);
      await seen(card(page, "SNS経由の採用応募数"));
      const { indicators } = await readMap(base, WS);
      for (const { name } of indicators)
        equal(await card(page, name).count(), 1, `lines about ${name}`);
      equal(await page.getByRole("group", { name: t("map.tree") }).count(), 0, "boards");
      await card(page, "クリック率").click();
      await seen(drawer(page, "クリック率"));
      await page.keyboard.press("Escape");
      await gone(drawer(page, "クリック率"));
    },
  },
];

/** Large enough for a slide, small enough for a mail, and not blank. */
function sensible(png, what) {
  const { width, height } = pngSize(png);
  check(width >= 1200 && width <= 8000, `${what} is ${width} px wide`);
  check(height >= 600 && height <= 8000, `${what} is ${height} px high`);
  check(png.length > 30_000 && png.length < 5_000_000, `${what} has ${png.length} bytes`);
}
