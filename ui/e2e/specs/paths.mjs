// Ways through the site, what they lead to, and numbers that people type in or make of events.
// Single visits of the demo arrive in the background: each test waits for them first.

import { ask, newWorkspace, readMap } from "../lib/api.mjs";
import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, gone, reads, seen } from "../lib/expect.mjs";
import { say } from "../lib/words.mjs";

const t = say("ja");
const WS = "hinata";
const DONE = "Entry Completed";

/** Until the demo's visits are all there: their number stands still. */
async function visited(base) {
  let before = -1;
  await eventually(async () => {
    const { names } = await ask(base)("GET", `/api/workspaces/${WS}/measure/names?lang=ja`);
    const count = names.find((one) => one.name === DONE)?.count ?? 0;
    const still = count > 0 && count === before;
    before = count;
    check(still, `visits still come in: ${count}`);
  });
}

async function clean(page, what) {
  equal(await violations(page), [], what);
}

export const tests = [
  {
    name: "a funnel is built, counted, kept, opened and thrown away",
    async run({ page, base }) {
      await visited(base);
      await page.goto(`/w/${WS}/measure/funnel`);
      await reads(page.getByRole("heading", { level: 2 }).first(), "いちばん減っているのは", "why");
      await page.getByRole("button", { name: t("funnel.add") }).click();
      await page.getByLabel(t("report.field.page")).last().fill("/entry/thanks");
      await page
        .getByRole("textbox", { name: new RegExp(t("funnel.name")) })
        .last()
        .fill("お礼のページ");
      await seen(page.getByText("お礼のページ", { exact: true }));
      await clean(page, "axe on the funnel");
      await page.getByRole("button", { name: t("funnel.keep") }).click();
      await page.getByLabel(t("funnel.keep.name")).fill("エントリーまで");
      await page.getByRole("button", { name: t("report.segment.keep.do") }).click();
      await seen(page.getByText(t("funnel.kept", { name: "エントリーまで" })));
      await page.reload();
      await page.getByRole("button", { name: "エントリーまで", exact: true }).click();
      await seen(page.getByText("お礼のページ", { exact: true }));
      await page
        .getByRole("button", { name: t("funnel.drop", { name: "エントリーまで" }) })
        .click();
      await gone(page.getByRole("button", { name: "エントリーまで", exact: true }));
    },
  },
  {
    name: "the ways to the page that asks, and those before another one",
    async run({ page, base }) {
      await visited(base);
      await page.goto(`/w/${WS}/measure/paths`);
      equal(await page.getByLabel(t("paths.goal")).inputValue(), "/entry/", "page to begin with");
      await clean(page, "axe on the ways");
      await page.getByRole("button", { name: "/jobs/", exact: true }).click();
      await eventually(async () =>
        equal(await page.getByLabel(t("paths.goal")).inputValue(), "/jobs/", "page looked at"),
      );
    },
  },
  {
    name: "what an event is owed to; posts by what they brought; who comes back",
    async run({ page, base }) {
      await visited(base);
      await page.goto(`/w/${WS}/measure/attribution?event=${encodeURIComponent(DONE)}`);
      const reply = await ask(base)(
        "GET",
        `/api/workspaces/${WS}/measure/attribution?event=${encodeURIComponent(DONE)}&lang=ja`,
      );
      await reads(page.getByRole("heading", { level: 2 }), `${reply.total}件`, "said above");
      await seen(page.getByRole("row", { name: new RegExp(`^${reply.rows[0].label}`) }));
      await clean(page, "axe on results");
      await page.goto(`/w/${WS}/measure/posts`);
      const posts = await ask(base)("GET", `/api/workspaces/${WS}/measure/posts?lang=ja`);
      check(posts.posts[0].outcomes > 0, "the first post brought something");
      await reads(page.getByRole("row").nth(1), posts.posts[0].text, "first post");
      await clean(page, "axe on posts");
      await page.goto(`/w/${WS}/measure/cohorts`);
      await seen(page.getByRole("columnheader", { name: t("cohorts.later.week", { n: 1 }) }));
      await clean(page, "axe on who comes back");
    },
  },
  {
    name: "numbers are typed in on a phone, and taken back",
    look: { size: "phone" },
    async run({ page, base }) {
      const ws = await newWorkspace(base, "入力", { sample: false });
      await page.goto(`/w/${ws}/measure/entry`);
      await page.getByLabel(t("entry.new.name")).first().fill("電話の件数");
      await page.getByLabel(t("entry.new.unit")).first().fill("件");
      await page
        .getByRole("textbox", { name: new RegExp(t("entry.new.owner")) })
        .first()
        .fill("佐藤");
      await page.getByRole("button", { name: t("entry.new.do") }).click();
      const box = page.getByRole("textbox", { name: "電話の件数" });
      await box.fill("１２");
      await box.press("Enter");
      await seen(page.getByText(t("entry.saved", { name: "電話の件数", amount: "12件" })));
      await seen(page.getByText(t("entry.full")));
      await clean(page, "axe on the form");
      await page
        .getByRole("button", { name: t("report.segment.undo"), exact: true })
        .last()
        .click();
      await eventually(async () => equal(await box.inputValue(), "", "the box after undoing"));
      const { sources } = await ask(base)("GET", `/api/workspaces/${ws}/entries?lang=ja`);
      equal(sources[0].numbers[0].value, null, "what is kept");
    },
  },
  {
    name: "a number of events goes onto the map without a model file",
    async run({ page, base }) {
      await visited(base);
      await page.goto(`/w/${WS}/measure/attribution?event=${encodeURIComponent(DONE)}`);
      await page.getByRole("button", { name: t("counted.use") }).click();
      const dialog = page.getByRole("dialog", { name: t("counted.title") });
      await dialog.getByLabel(t("counted.name")).fill("サイトでのエントリー");
      await clean(page, "axe on the dialog");
      await dialog.getByRole("button", { name: t("counted.do.map") }).click();
      await page.getByRole("link", { name: t("counted.see") }).click();
      const counted = () =>
        eventually(async () => {
          const { indicators } = await readMap(base, WS);
          const one = indicators.find(({ name }) => name === "サイトでのエントリー");
          check(one, "the indicator is on the map");
          check(one.value > 0, `past days are counted: ${one.value}`);
        });
      // Past days are counted in the background, after the visits of the demo itself.
      await counted().catch(counted).catch(counted);
      const { indicators } = await readMap(base, WS);
      const made = indicators.find((one) => one.name === "サイトでのエントリー");
      await page.goto(`/w/${WS}/map?open=${made.id}`);
      await page.getByRole("link", { name: t("events.link") }).click();
      await seen(page.getByRole("heading", { name: t("events.of", { name: made.name }) }));
      await seen(page.getByRole("row").nth(1));
      await clean(page, "axe on events");
    },
  },
];
