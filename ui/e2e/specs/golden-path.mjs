// What a newcomer does: looks at the demo, changes the language, opens an indicator, makes a map of
// their own without numbers, brings in what their platform exported, and sees the map come alive.

import { file, shiftJis, table } from "../lib/csv.mjs";
import { addDays, DEMO_DAY, daysBetween } from "../lib/day.mjs";
import { check, equal, reads, seen } from "../lib/expect.mjs";
import { card, cardText, drawer, mapReady } from "../lib/map.mjs";
import { say } from "../lib/words.mjs";

const LAST = addDays(DEMO_DAY, -1);
const CHANNELS = ["Instagram", "X", "TikTok", "求人サイト"];

/** What the platform exported: a line a day since October, numbers with thousands commas. */
const posts = daysBetween("2026-10-01", LAST).map((day, i) => ({
  day,
  impressions: 6000 + ((i * 137) % 900),
  clicks: 90 + ((i * 7) % 25),
  followers: 5200 + 3 * i,
}));
/** The list of applicants: a line each, not every day. */
const applicants = daysBetween("2026-10-03", LAST)
  .filter((_, i) => i % 3 === 0)
  .map((day, i) => ({ day, channel: CHANNELS[i % CHANNELS.length] }));

const sum = (rows, of) => rows.reduce((total, row) => total + row[of], 0);
const thisMonth = posts.filter((row) => row.day >= "2026-11-01");
const last28 = posts.slice(-28);

/** What the cards have to say, worked out from the files. */
const expected = {
  impressions: `${(sum(thisMonth, "impressions") / 1e4).toFixed(1)}万回`,
  visits: `${sum(thisMonth, "clicks").toLocaleString("en-US")}回`,
  ctr: `${((100 * sum(last28, "clicks")) / sum(last28, "impressions")).toFixed(2)}%`,
  followers: `${posts.at(-1).followers.toLocaleString("en-US")}人`,
};
const applications = applicants.filter((one) => one.channel !== "求人サイト").length;

const slashed = (day) => day.split("-").map(Number).join("/");
const snsFile = file(
  "sns_202611.csv",
  shiftJis(
    table(
      ["日付", "インプレッション数", "リンクのクリック数", "フォロワー数"],
      posts.map((row) => [
        slashed(row.day),
        `"${row.impressions.toLocaleString("en-US")}"`,
        row.clicks,
        `"${row.followers.toLocaleString("en-US")}"`,
      ]),
    ),
  ),
);
const applicantsFile = file(
  "応募者一覧.csv",
  shiftJis(
    table(
      ["応募日", "経路"],
      applicants.map((one) => [slashed(one.day), one.channel]),
    ),
  ),
);

export const tests = [
  {
    name: "the demo is looked at in both languages",
    async run({ page }) {
      const t = say("ja");
      const en = say("en");
      await page.goto("/");
      await seen(page.getByRole("heading", { name: t("goals.title") }));
      await page.getByRole("link", { name: "SNS経由の採用応募数" }).first().click();
      await mapReady(page);

      await page.getByRole("button", { name: "English" }).click();
      await seen(page.getByRole("group", { name: en("map.tree") }));
      await seen(page.getByText(en("map.sentence.next"), { exact: true }));
      equal(await page.locator("html").getAttribute("lang"), "en", "language of the page");
      await page.getByRole("button", { name: "日本語" }).click();
      await seen(page.getByText(t("map.sentence.next"), { exact: true }));
      await page.reload();
      await seen(page.getByText(t("map.sentence.next"), { exact: true }));

      await card(page, "フォーム完了率").click();
      const beside = drawer(page, "フォーム完了率");
      await seen(beside);
      for (const tab of ["definition", "roads", "breakdown", "history", "chart"]) {
        await beside.getByRole("tab", { name: t(`drawer.tab.${tab}`) }).click();
        await reads(beside.getByRole("tabpanel"), /\S/, `tab ${tab}`);
      }
      await beside.getByRole("button", { name: t("kit.close") }).click();
      equal(new URL(page.url()).searchParams.get("open"), null, "open indicator in the address");
    },
  },
  {
    name: "a map of one's own comes alive",
    async run({ page, shot }) {
      const t = say("ja");
      await page.goto("/start");
      await page.getByRole("radio", { name: /SNS採用/ }).check();
      await page.getByLabel(t("start.workspace")).fill("広報チーム");
      await page.getByRole("button", { name: t("start.next") }).click();
      await page.getByRole("radio", { name: t("start.numbers.later") }).check();
      await page.getByRole("button", { name: t("start.create") }).click();

      await mapReady(page);
      const cards = page.getByRole("article");
      const empty = cards.filter({ hasText: t("map.noData") });
      equal(await empty.count(), await cards.count(), "cards that say there is no data yet");
      check((await cards.count()) >= 9, "the template brings its indicators");
      await shot("golden-1-empty");

      await page
        .getByRole("link", { name: t("frame.measure") })
        .first()
        .click();
      await page.getByRole("link", { name: t("report.tab.data") }).click();
      await bringIn(page, t, snsFile);
      await page.getByRole("button", { name: t("measure.known.change") }).click();
      const preview = page.getByRole("region", { name: /sns_202611\.csv/ });
      await reads(preview, "インプレッション数", "header in the preview");
      await reads(page.getByText(/Shift_JIS/).first(), /\S/, "encoding");
      await shot("golden-2-preview");
      await page.getByRole("button", { name: t("measure.next") }).click();
      equal(
        await page.getByRole("radio", { name: /sns\.csv/ }).isChecked(),
        true,
        "the file found its source",
      );
      await shot("golden-3-mapping");
      await page.getByRole("button", { name: t("measure.map.import") }).click();
      await seen(page.getByRole("heading", { name: t("measure.import.done") }));
      await reads(page.getByRole("main"), `${posts.length}行`, "rows imported");

      await page.getByRole("link", { name: t("measure.import.map") }).click();
      await mapReady(page);
      for (const [id, amount] of Object.entries(expected))
        await reads(asLine(cardText(page, id)), amount, `card ${id}`);
      await reads(cardText(page, "applications"), t("map.noData"), "the KGI still waits");

      await page
        .getByRole("link", { name: t("frame.measure") })
        .first()
        .click();
      await page.getByRole("link", { name: t("report.tab.data") }).click();
      await bringIn(page, t, applicantsFile);
      await page.getByRole("button", { name: t("measure.map.import") }).click();
      await seen(page.getByRole("heading", { name: t("measure.import.done") }));
      await page.getByRole("link", { name: t("measure.import.map") }).click();
      await mapReady(page);
      await reads(asLine(cardText(page, "applications")), `${applications}件`, "card of the KGI");
      await seen(page.getByRole("region", { name: t("map.sentences") }));
      await shot("golden-4-alive");
    },
  },
];

async function bringIn(page, t, upload) {
  await page.locator("input[type=file]").first().setInputFiles(upload);
  await seen(page.getByRole("heading", { name: t("measure.known.title") }));
}

/** A card's text without the line breaks between a number and its unit. */
function asLine(locator) {
  return { innerText: async () => (await locator.innerText()).replace(/\s+/g, "") };
}
