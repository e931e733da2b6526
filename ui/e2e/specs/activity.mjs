// Who looked, what was changed, what is handed over: as the sample company has it, and in the
// real program, where what one does stands on the record.

import { violations } from "../lib/axe.mjs";
import { check, equal, seen } from "../lib/expect.mjs";
import { ownWords, wrongWords } from "../lib/language.mjs";
import { leftOut, overlaps } from "../lib/measure.mjs";
import { say } from "../lib/words.mjs";

export const demo = "shown";

// Words of the sample company that stand in none of its files.
const OWN = [
  "マーケティング",
  "経営",
  "採用",
  "営業",
  "田中 美咲",
  "山本 直子",
  "佐藤 健",
  "鈴木 亮",
  "いいね数",
  "DMの初回返信",
  "プロフィールを見た人のうち、リンクを押した割合",
  "書き出しは月初にまとめて行います",
];

const PAGES = [
  {
    name: "activity",
    path: "activity",
    ready: ({ page, t }) => seen(page.getByRole("heading", { name: t("activity.people") })),
  },
  {
    name: "audit",
    path: "activity?view=record",
    async ready({ page, t }) {
      await seen(page.getByRole("link", { name: t("activity.record.csv") }));
      const first = page.locator("details").first();
      await first.locator("summary").click();
      await seen(first.getByRole("table"));
    },
  },
  {
    name: "handover",
    path: "handover",
    ready: ({ page, t }) => seen(page.getByRole("heading", { name: t("handover.pack.access") })),
  },
];

export const tests = [
  ...["ja", "en"].flatMap((lang) =>
    ["wide", "phone"].map((size) => ({
      name: `who looked, the record and the hand-over in ${lang}, ${size}`,
      look: { lang, size },
      async run({ page, base, rooms, shot, settled }) {
        const t = say(lang);
        const own = lang === "en" ? [...OWN, ...(await ownWords(base, rooms.demo))] : [];
        for (const { name, path, ready } of PAGES) {
          await page.goto(`/w/${rooms.demo}/share/${path}`);
          await ready({ page, t });
          await settled();
          await shot(name, { page, lang, size });
          equal(await violations(page), [], `${name}: axe`);
          equal(await leftOut(page), [], `${name}: what sticks out`);
          equal(await overlaps(page), [], `${name}: what overlaps`);
          equal(await wrongWords(page, lang, own), [], `${name}: words`);
        }
      },
    })),
  ),
  {
    name: "the pack of the sample company names nobody, and the record comes as a file",
    async run({ page, rooms, base }) {
      const t = say("ja");
      await page.goto(`/w/${rooms.demo}/share/handover`);
      const [pack] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: t("handover.pack.do") }).click(),
      ]);
      check(pack.suggestedFilename().endsWith("-handover.zip"), pack.suggestedFilename());
      await page.goto(`/w/${rooms.demo}/share/activity?view=record`);
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: t("activity.record.csv") }).click(),
      ]);
      check(file.suggestedFilename().endsWith("-audit.csv"), file.suggestedFilename());
      const reply = await fetch(`${base}/api/workspaces/${rooms.demo}/handover`);
      equal(reply.status, 200, "the pack in short");
    },
  },
];
