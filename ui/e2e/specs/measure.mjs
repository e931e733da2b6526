// 測る: the numbers of the web, narrowed, shared by their address, live, and set up.

import { ask, newWorkspace } from "../lib/api.mjs";
import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, reads, seen } from "../lib/expect.mjs";
import { leftOut } from "../lib/measure.mjs";
import { overviewReady, visitsReady } from "../lib/report.mjs";
import { say } from "../lib/words.mjs";

const WS = "hinata";

/** The number of visits as the overview shows it. */
async function visits(page, t) {
  const tile = page
    .getByRole("list", { name: t("overview.figures") })
    .getByRole("listitem")
    .filter({ has: page.getByRole("button", { name: t("report.figure.visits"), exact: true }) });
  return Number((await tile.locator(".num").innerText()).replace(/\D/g, ""));
}

export const tests = [
  {
    name: "the overview says what changed; a filter changes the numbers and stays in the address",
    async run({ page, base, visitor, shot }) {
      const t = say("ja");
      const all = await visitsReady(base, WS);
      await page.goto(`/w/${WS}/measure`);
      await overviewReady(page, t);
      await eventually(async () => equal(await visits(page, t), all, "visits"));
      await reads(page.getByRole("heading", { level: 2 }).first(), /訪問は.*回/, "the sentence");
      equal(await violations(page), [], "axe");

      await page.getByRole("button", { name: t("report.filter.add"), exact: true }).click();
      const sheet = page.getByRole("dialog", { name: t("report.filter") });
      await sheet.getByRole("button", { name: t("report.field.channel"), exact: true }).click();
      await sheet.getByRole("button", { name: "検索", exact: true }).click();
      await eventually(async () =>
        check((await visits(page, t)) < all / 2, "nothing was narrowed"),
      );
      equal(await violations(page), [], "axe with a filter");
      const narrowed = await visits(page, t);
      await page.keyboard.press("Escape");
      await shot("measure-narrowed");

      const other = await visitor();
      await other.page.goto(page.url());
      await overviewReady(other.page, t);
      await eventually(async () =>
        equal(await visits(other.page, t), narrowed, "visits at the same address"),
      );
      await page.getByRole("button", { name: /を外す$/ }).click();
      await eventually(async () => equal(await visits(page, t), all, "visits without the filter"));
    },
  },
  {
    name: "a report that takes long says so, is called off, and is counted again when told to",
    async run({ page, base, shot }) {
      const t = say("ja");
      await visitsReady(base, WS);
      let stays = true;
      let asked = 0;
      await page.route("**/measure/visits?*", async (route) => {
        asked++;
        if (!stays) await route.continue();
      });
      await page.goto(`/w/${WS}/measure`);
      await seen(page.getByText(t("report.long"), { exact: true }));
      const before = asked;
      equal(await violations(page), [], "axe while it is being counted");
      await shot("measure-long");
      await page.getByRole("button", { name: t("report.long.stop"), exact: true }).click();
      const again = page.getByRole("button", { name: t("report.long.again"), exact: true });
      await seen(again);
      await shot("measure-called-off");
      equal(asked, before, "questions asked while nothing was wished");
      stays = false;
      await again.click();
      await overviewReady(page, t);
    },
  },
  {
    name: "a row leads to its page, and every number can be asked how it is counted",
    async run({ page, base }) {
      const t = say("ja");
      await visitsReady(base, WS);
      await page.goto(`/w/${WS}/measure`);
      await overviewReady(page, t);
      await page.getByRole("link", { name: "SNS", exact: true }).click();
      await page.waitForURL(/\/measure\/sources\?.*social/);
      await seen(page.getByRole("heading", { name: /SNS/ }));
      await page.getByRole("button", { name: t("report.open", { name: "SNS" }) }).click();
      await seen(page.getByRole("link", { name: "Instagram", exact: true }));
      await page
        .getByRole("button", { name: /の数え方$/ })
        .first()
        .click();
      await seen(page.getByRole("dialog", { name: /の数え方$/ }));
      equal(await violations(page), [], "axe with a definition open");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: t("rules.open") }).click();
      await seen(
        page
          .getByRole("dialog", { name: t("rules.title") })
          .getByRole("listitem")
          .first(),
      );
      equal(await violations(page), [], "axe with the rules open");
    },
  },
  ...["ja", "en"].map((lang) => ({
    name: `what is sent is there within seconds, ${lang}`,
    look: { lang },
    async run({ page, base }) {
      const t = say(lang);
      const call = ask(base);
      const { keys } = await call("GET", `/api/workspaces/${WS}/write-keys`);
      const { key } = keys.find((one) => one.kind === "server");
      await page.goto(`/w/${WS}/measure/now`);
      await seen(page.getByText(t("now.wire.live")));
      const title = `Live ${lang}`;
      const sent = await fetch(`${base}/v1/page`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          writeKey: key,
          anonymousId: `live-${lang}`,
          messageId: `live-${lang}-${Date.now()}`,
          context: { page: { url: "https://careers.hinata.example/live", title } },
        }),
      });
      equal(sent.status, 200, "status of the event");
      await seen(page.getByText(t("now.views", { place: title })));
      equal(await violations(page), [], "axe");
    },
  })),
  {
    name: "the way to the KGI stands on the overview, with the map's own numbers",
    async run({ page, base }) {
      const t = say("ja");
      await visitsReady(base, WS);
      const chain = await ask(base)("GET", `/api/workspaces/${WS}/measure/chain?lang=ja`);
      check(chain.levels.length >= 3, `levels: ${chain.levels.length}`);
      await page.goto(`/w/${WS}/measure`);
      const way = page.getByRole("region", { name: t("chain.title"), exact: true });
      for (const { name, value } of chain.levels) {
        const level = way.getByRole("listitem").filter({ hasText: name });
        await reads(level.first(), value.toLocaleString("en-US"), name);
      }
      await seen(way.getByText(chain.steps[0].name, { exact: true }));
      await page.goto(`/w/${WS}/measure?compare=none`);
      await seen(way);
      equal(await way.getByText(t("chain.key")).count(), 0, "a line with nothing to compare with");
    },
  },
  {
    name: "the overview leads to an indicator; what it would say is seen before it is made",
    async run({ page, base }) {
      const t = say("ja");
      await visitsReady(base, WS);
      await page.goto(`/w/${WS}/measure`);
      await overviewReady(page, t);
      await page.getByRole("button", { name: t("counted.use") }).click();
      const dialog = page.getByRole("dialog", { name: t("counted.title") });
      const told = dialog.getByRole("status").locator("b");
      const seven = async () => Number((await told.innerText()).replace(/\D/g, ""));
      await seen(told);
      const all = await seven();
      check(all > 0, `visits of seven days: ${all}`);
      await dialog.getByRole("button", { name: t("report.filter.add"), exact: true }).click();
      await dialog.getByRole("button", { name: t("report.field.channel"), exact: true }).click();
      await dialog.getByRole("button", { name: "検索", exact: true }).click();
      await eventually(async () => check((await seven()) < all / 2, "nothing was narrowed"));
      equal(await violations(page), [], "axe on the dialog");
      await dialog.getByLabel(t("counted.count")).selectOption("events");
      await dialog.getByRole("button", { name: t("report.filter.back") }).click();
      await dialog.getByRole("button", { name: t("report.field.property"), exact: true }).click();
      await dialog.getByRole("button", { name: "form", exact: true }).click();
      await seen(dialog.getByText(t("report.filter.values", { field: "form" })));
    },
  },
  {
    name: "a table stands beside the span before, and can stand alone",
    async run({ page, base }) {
      const t = say("ja");
      await visitsReady(base, WS);
      await page.goto(`/w/${WS}/measure/sources`);
      const column = page.getByRole("columnheader", { name: t("report.against.before") });
      await seen(column);
      const social = page.getByRole("row").filter({ hasText: "SNS" });
      await reads(social.first(), /[+−±]\d+%/, "the change of SNS");
      await page.goto(`/w/${WS}/measure/sources?compare=none`);
      await seen(page.getByRole("table"));
      equal(await column.count(), 0, "columns that compare");
    },
  },
  {
    name: "what is refused shows with its reason and the mend",
    async run({ page, base }) {
      const t = say("ja");
      const call = ask(base);
      const { keys } = await call("GET", `/api/workspaces/${WS}/write-keys`);
      const { key } = keys.find((one) => one.kind === "server");
      await page.goto(`/w/${WS}/measure/setup`);
      await seen(page.getByRole("link", { name: t("intake.see") }));
      await page.getByRole("link", { name: t("intake.see") }).click();
      await seen(page.getByText(t("intake.note")));
      await fetch(`${base}/v1/batch`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          writeKey: key,
          batch: [{ type: "track", event: "名のない人の資料請求" }],
        }),
      });
      await seen(page.getByText(/userId か anonymousId/).first());
      await seen(page.getByText(t("intake.of", { names: "名のない人の資料請求" })));
      equal(await violations(page), [], "axe");
    },
  },
  {
    name: "an empty workspace is led to its first view, and the screen turns into numbers by itself",
    async run({ page, base, shot }) {
      const t = say("ja");
      const ws = await newWorkspace(base, "はじめての計測", { sample: false });
      await page.goto(`/w/${ws}/measure`);
      await seen(page.getByText(t("setup.waiting")));
      const make = page.getByRole("button", { name: t("setup.key.make") });
      const tag = page.locator("code", { hasText: "shirube.js" });
      await seen(make.or(tag).first());
      if (await make.isVisible()) await make.click();
      await seen(tag);
      equal(await violations(page), [], "axe");
      await shot("measure-setup");
      const key = /data-key="([^"]+)"/.exec(await tag.innerText())[1];
      const notice = await fetch(`${base}/v1/projects/${key}/notice?lang=ja`);
      check((await notice.text()).includes("はじめての計測"), "the notice names the team");
      await fetch(`${base}/v1/page`, {
        method: "POST",
        headers: { "Content-Type": "text/plain" },
        body: JSON.stringify({
          writeKey: key,
          messageId: `first-${Date.now()}`,
          context: { page: { url: "https://example.jp/" }, userAgent: "Mozilla/5.0 (iPhone)" },
        }),
      });
      await seen(page.getByRole("list", { name: t("overview.figures") }));
    },
  },
  {
    name: "nothing sticks out on a phone",
    look: { size: "phone" },
    async run({ page, base }) {
      await visitsReady(base, WS);
      for (const path of ["", "/pages", "/sources", "/campaigns", "/now", "/setup", "/intake"]) {
        await page.goto(`/w/${WS}/measure${path}`);
        await seen(page.getByRole("heading", { level: 2 }).first());
        for (const width of [390, 320]) {
          await page.setViewportSize({ width, height: 844 });
          equal(await leftOut(page), [], `${path} at ${width} px`);
        }
      }
    },
  },
];
