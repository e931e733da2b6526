// Without a mouse, larger than planned, and in what opens only after a click. (What axe finds on
// the screens themselves, screens.mjs tells.)

import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, gone, seen } from "../lib/expect.mjs";
import { focusedCard, mapReady, openMap } from "../lib/map.mjs";
import { leftOut, overlaps } from "../lib/measure.mjs";
import { say } from "../lib/words.mjs";

export const demo = "shown";

const WS = "hinata";
const t = say("ja");

/** What opens on a click: how, and what appears. */
const OPENED = [
  ["the switch of workspaces", (page) => page.getByRole("button", { name: "ひなたワークス" })],
  ["the colours", (page) => page.getByRole("button", { name: t("frame.theme") })],
  ["the versions", (page) => page.getByRole("button", { name: /第2版/ })],
  ["the findings", (page) => page.getByRole("button", { name: /気づいたこと/ })],
  ["the levels", (page) => page.getByRole("button", { name: t("map.levels") })],
  ["the pictures", (page) => page.getByRole("button", { name: t("map.picture"), exact: true })],
];

/** A window of 1440 × 900 at double size has room for half as much. */
const HALF = { width: 720, height: 450 };
const ACT = "/w/hinata-sales/act";
const SHARE = `/w/${WS}/share`;

/** What is looked at so large, room by room. */
const LARGE = {
  map: ({ grown }) => [
    ...["/goals", `/w/${WS}/map`, `/w/${WS}/map?open=ctr`, `/w/${WS}/map?edit=ctr`],
    ...[`/w/${WS}/ask`, `/w/${WS}/model`, `/w/${grown}/versions`, "/start"],
  ],
  measure: () =>
    [
      "",
      "/pages",
      "/paths",
      "/funnel",
      "/cohorts",
      "/attribution",
      "/posts",
      "/events",
      "/data",
    ].map((page) => `/w/${WS}/measure${page}`),
  act: () =>
    ["", "/automations/new", "/mail/templates/new", "/mail/duties", "/forms", "/scores"]
      .concat("/contacts", "/segments/new", "/initiatives/new")
      .map((page) => ACT + page),
  share: () =>
    ["", "/agreement", "/questions", "/reviews/next", "/reports", "/links", "/alerts"]
      .concat("/activity", "/handover", "/glossary")
      .map((page) => SHARE + page),
};

/** Where people work rather than look; each is walked by Tab. */
const WALKED = [
  ...["", "/automations/new", "/mail/templates/new", "/mail/duties", "/contacts"].map(
    (page) => ACT + page,
  ),
  ...["/agreement", "/questions", "/reviews/next", "/alerts?view=reach", "/handover"].map(
    (page) => SHARE + page,
  ),
  ...[`/w/${WS}/measure/funnel`, `/w/${WS}/measure/posts`],
];

export const tests = [
  ...WALKED.map((path) => ({
    name: `Tab goes through ${path}, and one always sees where one is`,
    async run({ page }) {
      await page.goto(path);
      await seen(page.locator("#content").getByRole("heading").first());
      await page.waitForLoadState("networkidle");
      const stops = await walkByTab(page);
      check(stops.length > 20, `the keyboard reaches only ${stops.join(" | ")}`);
    },
  })),
  {
    name: "Tab goes through the whole map screen, and one always sees where one is",
    async run({ page }) {
      await openMap(page, WS);
      await page.keyboard.press("Tab");
      equal(await focusedText(page), t("frame.skip"), "first stop");
      await page.keyboard.press("Enter");
      await eventually(async () =>
        equal(await page.evaluate(() => document.activeElement.id), "content", "place after it"),
      );
      const stops = await walkByTab(page);
      for (const wanted of [
        t("map.version", { version: 2 }),
        t("map.add"),
        t("map.search"),
        "SNS経由の採用応募数",
        t("map.zoomIn"),
        t("map.print"),
      ])
        check(
          stops.some((stop) => stop.includes(wanted)),
          `the keyboard does not reach 「${wanted}」; it reaches ${stops.join(" | ")}`,
        );
    },
  },
  {
    name: "an indicator is opened, read and edited by keyboard alone",
    async run({ page }) {
      await openMap(page, WS);
      await page.locator("[data-card][tabindex='0']").focus();
      await page.keyboard.press("ArrowRight");
      const id = await focusedCard(page);
      await page.keyboard.press("Enter");
      const tabs = page.getByRole("tablist");
      await seen(tabs);
      await tabs.getByRole("tab", { selected: true }).focus();
      await page.keyboard.press("ArrowRight");
      const definition = page.getByRole("tab", { name: t("drawer.tab.definition") });
      equal(await definition.getAttribute("aria-selected"), "true", "next tab");

      await page.getByRole("button", { name: t("drawer.edit") }).focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog");
      await seen(dialog);
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press("Tab");
        const inside = await page.evaluate(
          () =>
            document.activeElement === document.body || !!document.activeElement.closest("dialog"),
        );
        check(inside, "Tab leaves the open dialog");
      }
      await page.keyboard.press("Escape");
      await gone(dialog);
      await seen(tabs);
      await page.keyboard.press("Escape");
      await gone(tabs);
      await eventually(async () => equal(await focusedCard(page), id, "place on the map"));
    },
  },
  {
    name: "what opens on a click has its name, no violation, and Esc gives the keyboard back",
    async run({ page }) {
      await openMap(page, WS);
      for (const [what, find] of OPENED) {
        const button = find(page).first();
        await button.focus();
        await page.keyboard.press("Enter");
        const sheet = page.getByRole("dialog");
        await seen(sheet);
        check((await sheet.getAttribute("aria-label")) !== "", `${what}: no name`);
        equal(await violations(page), [], what);
        await page.keyboard.press("Escape");
        await gone(sheet);
        equal(await button.evaluate((node) => node === document.activeElement), true, what);
      }
    },
  },
  ...Object.entries(LARGE).map(([room, paths]) => ({
    name: `at 200 % nothing is out of reach: ${room}`,
    async run({ page, rooms }) {
      await page.setViewportSize(HALF);
      for (const path of paths(rooms)) {
        await page.goto(path);
        await seen(page.getByRole("heading").first());
        await page.waitForLoadState("networkidle");
        equal(await leftOut(page), [], `${path}: what sticks out`);
        equal(await overlaps(page), [], `${path}: what overlaps`);
      }
    },
  })),
  {
    name: "at 200 % the map keeps its room",
    async run({ page }) {
      await page.setViewportSize(HALF);
      await page.goto(`/w/${WS}/map`);
      await mapReady(page);
      const { height } = await page.getByRole("group", { name: t("map.tree") }).boundingBox();
      check(height >= 150, `the map keeps ${height} px of height`);
    },
  },
  {
    name: "colours follow the device, or the choice, which is remembered",
    async run({ page }) {
      await openMap(page, WS);
      const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
      equal(await theme(), "light", "as the device");
      await page.emulateMedia({ colorScheme: "dark" });
      await eventually(async () => equal(await theme(), "dark", "as the device at night"));
      await page.getByRole("button", { name: t("frame.theme") }).click();
      await page.getByRole("button", { name: t("frame.theme.light") }).click();
      equal(await theme(), "light", "chosen");
      await page.reload();
      equal(await theme(), "light", "remembered");
    },
  },
];

/** Goes through the page by Tab, each stop with its ring; the names of the stops. */
async function walkByTab(page) {
  const stops = [];
  const unseen = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    const { name, ring, end } = await page.evaluate(whereFocusIs);
    if (end) break;
    stops.push(name);
    if (!ring) unseen.push(name);
  }
  equal(unseen, [], "stops without a visible ring");
  return stops;
}

function focusedText(page) {
  return page.evaluate(() => document.activeElement.textContent.trim());
}

/** Runs in the page: the stop's name, whether a ring is drawn, whether the round is over. */
function whereFocusIs() {
  const at = document.activeElement;
  if (!at || at === document.body) return { end: true };
  const drawn = (element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
  };
  const near = [at, at.closest("label, article, search"), at.parentElement];
  return {
    name: (at.getAttribute("aria-label") || at.textContent || at.tagName).trim(),
    ring: near.some((element) => element && drawn(element)),
    end: false,
  };
}
