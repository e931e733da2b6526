// Files that are not what they should be: asked about, or refused with line and column, and then
// nothing has changed.

import { ask, newWorkspace, readMap } from "../lib/api.mjs";
import { file, table } from "../lib/csv.mjs";
import { check, equal, reads, seen } from "../lib/expect.mjs";
import { cardText, mapReady } from "../lib/map.mjs";
import { say } from "../lib/words.mjs";

const t = say("ja");
const HEADER = ["日付", "インプレッション数", "リンクのクリック数", "フォロワー数"];
const day = (i) => `2026/11/${i + 1}`;

async function bringIn(page, ws, upload) {
  await page.goto(`/w/${ws}/measure/data`);
  await page.locator("input[type=file]").first().setInputFiles(upload);
}

export const tests = [
  {
    name: "a number with two readings is asked about",
    async run({ page, base }) {
      const ws = await newWorkspace(base, "読み方", { sample: false });
      // German thousands: 40.531 is forty thousand, or forty and a half.
      const rows = Array.from({ length: 20 }, (_, i) => [day(i), `40.${531 + i}`, 60 + i, 5000]);
      await bringIn(page, ws, file("sns.csv", table(HEADER, rows)));
      await seen(
        page.getByRole("heading", { name: t("measure.ask.number", { example: "40.531" }) }),
      );
      const next = page.getByRole("button", { name: t("measure.next") });
      equal(await next.isDisabled(), true, "one cannot go on without an answer");
      await page.getByRole("radio", { name: t("measure.ask.number.comma") }).check();
      await next.click();
      await page.getByRole("button", { name: t("measure.map.import") }).click();
      await page.getByRole("link", { name: t("measure.import.map") }).click();
      await mapReady(page);
      // 20 days from 40,531 on, one more each day.
      const total = 20 * 40_531 + 190;
      await reads(
        {
          innerText: async () =>
            (await cardText(page, "impressions").innerText()).replace(/\s/g, ""),
        },
        `${(total / 1e4).toFixed(1)}万回`,
        "impressions",
      );
    },
  },
  {
    name: "a broken file tells line and column, and nothing is imported",
    async run({ page, base, allow, shot }) {
      allow(422);
      const ws = await newWorkspace(base, "こわれたファイル", { sample: false });
      const rows = Array.from({ length: 20 }, (_, i) => [day(i), 8000 + i, 60 + i, 5000 + i]);
      rows[6][2] = "たくさん";
      const before = await readMap(base, ws);
      await bringIn(page, ws, file("sns.csv", table(HEADER, rows)));
      await page.getByRole("button", { name: t("measure.map.import") }).click();
      await seen(page.getByText(t("measure.import.failed")));
      // The header is line 1, so the seventh row is line 8; its clicks begin after "2026/11/7,8006,".
      await seen(page.getByText(t("measure.import.place", { line: 8, col: 16 })));
      await seen(page.getByText(/リンクのクリック数.*たくさん/));
      await shot("measure-broken");

      const after = await readMap(base, ws);
      equal(after.model.version, before.model.version, "version of the model");
      check(
        after.indicators.every((one) => !one.has_data),
        "no indicator has data",
      );
      const { sources } = await ask(base)("GET", `/api/workspaces/${ws}/sources`);
      equal(
        sources.flatMap((one) => one.uploads),
        [],
        "files brought in",
      );
    },
  },
  {
    name: "a file that was brought in can be taken out again",
    async run({ page, base }) {
      const ws = await newWorkspace(base, "取り消すチーム", { sample: false });
      const rows = Array.from({ length: 20 }, (_, i) => [day(i), 8000 + i, 60 + i, 5000 + i]);
      await bringIn(page, ws, file("sns.csv", table(HEADER, rows)));
      await page.getByRole("button", { name: t("measure.map.import") }).click();
      await page.getByRole("button", { name: t("measure.import.more") }).click();
      await page.getByRole("button", { name: t("measure.upload.remove") }).click();
      const sure = page.getByRole("dialog", {
        name: t("measure.upload.remove.title", { name: "sns.csv" }),
      });
      await sure.getByRole("button", { name: t("measure.upload.remove.do"), exact: true }).click();
      await seen(page.getByText(t("measure.upload.removed", { name: "sns.csv" })));
      const { indicators } = await readMap(base, ws);
      check(
        indicators.every((one) => !one.has_data),
        "its numbers are gone from the map",
      );
    },
  },
  {
    name: "a list in words of its own is matched by one press a column, and the KGI has its number",
    async run({ page, base, shot }) {
      const ws = await newWorkspace(base, "ことばのちがう名簿", { sample: false });
      const rows = Array.from({ length: 20 }, (_, i) => [day(i), i % 2 ? "紹介" : "Instagram"]);
      await bringIn(page, ws, file("応募.csv", table(["受付", "どこから"], rows)));
      await page.getByRole("button", { name: t("measure.next") }).click();
      await seen(page.getByText(t("measure.map.strange")));
      await page.getByRole("radio", { name: /applicants\.csv/ }).check();
      const asked = page.getByRole("group", {
        name: t("measure.unfound.where", { column: "経路" }),
      });
      await seen(asked);
      const bring = page.getByRole("button", { name: t("measure.map.import") });
      equal(await bring.isDisabled(), true, "one cannot go on without an answer");
      await shot("measure-unfound");
      await asked.getByRole("button", { name: "どこから Instagram・紹介" }).click();
      await bring.click();
      await page.getByRole("link", { name: t("measure.import.map") }).click();
      await mapReady(page);
      await reads(cardText(page, "applications"), /(^|\D)10 ?件/, "the KGI");
    },
  },
  {
    name: "a table with some of the numbers brings those; the others stay on the map",
    async run({ page, base }) {
      const ws = await newWorkspace(base, "フォロワーのない表", { sample: false });
      const rows = Array.from({ length: 20 }, (_, i) => [day(i), 8000 + i, 60 + i]);
      await bringIn(page, ws, file("sns.csv", table(HEADER.slice(0, 3), rows)));
      await page.getByRole("button", { name: t("measure.next") }).click();
      await seen(
        page.getByRole("group", { name: t("measure.unfound.number", { name: "フォロワー数" }) }),
      );
      await page.getByRole("button", { name: t("measure.map.import") }).click();
      await page.getByRole("link", { name: t("measure.import.map") }).click();
      await mapReady(page);
      const { indicators } = await readMap(base, ws);
      const has = (id) => indicators.find((one) => one.id === id).has_data;
      equal([has("impressions"), has("followers")], [true, false], "which have come in");
    },
  },
  {
    name: "a table without a row says so",
    async run({ page, base }) {
      const ws = await newWorkspace(base, "見出しだけの表", { sample: false });
      await bringIn(page, ws, file("sns.csv", table(HEADER, [])));
      await seen(page.getByText(t("measure.read.bare")));
      equal(await page.getByRole("button", { name: t("measure.next") }).isDisabled(), true, "next");
    },
  },
  {
    name: "what is no table at all is refused in words",
    async run({ page, base, allow }) {
      allow(422);
      const ws = await newWorkspace(base, "写真", { sample: false });
      const noise = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256));
      await bringIn(page, ws, file("写真.xlsx", noise));
      const alert = page.getByRole("alert");
      await reads(alert, t("measure.sent.failed"), "refusal");
      equal(
        await page.getByRole("heading", { name: t("measure.read.title") }).count(),
        0,
        "previews",
      );
    },
  },
];
