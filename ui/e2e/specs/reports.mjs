// The page "where we stand" and the reports that carry it: read, printed, ordered, sent, looked up.

import { readFile } from "node:fs/promises";
import { violations } from "../lib/axe.mjs";
import { check, equal, gone, seen } from "../lib/expect.mjs";
import { pdfPages } from "../lib/picture.mjs";
import { say } from "../lib/words.mjs";

const DEMO = "hinata";
const sheet = (page) => page.getByRole("article");

async function clean(page, what) {
  equal(await violations(page), [], `what a reader with aids stumbles over: ${what}`);
}

export const tests = [
  {
    name: "where we stand, in both languages, wide and on a phone, and as a PDF",
    async run({ page, visitor, shot }) {
      const t = say("ja");
      await page.goto(`/w/${DEMO}/share`);
      await seen(sheet(page).getByRole("heading", { level: 2 }));
      await seen(
        sheet(page)
          .getByText(/年100件/)
          .first(),
      );
      await clean(page, "where we stand");
      await shot("reports-now");
      await page.getByRole("button", { name: t("reporting.rhythm.monthly") }).click();
      await seen(sheet(page).getByRole("heading", { name: "今月の状況" }));
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: t("reporting.pdf") }).click(),
      ]);
      const bytes = await readFile(await file.path());
      check(pdfPages(bytes) >= 1 && pdfPages(bytes) <= 2, "one sheet of paper, two at most");

      const other = await visitor({ lang: "en", size: "phone" });
      await other.page.goto(`/w/${DEMO}/share`);
      await seen(
        sheet(other.page)
          .getByText(/The probability of reaching/)
          .first(),
      );
      await clean(other.page, "where we stand, on a phone");
    },
  },
  {
    name: "a report is ordered, sent, looked up and put to rest",
    async run({ page, shot, allow }) {
      const t = say("ja");
      await page.goto(`/w/${DEMO}/share/reports`);
      await page.getByRole("button", { name: t("reporting.make") }).click();
      const form = page.getByRole("dialog");
      await form.getByLabel(t("reporting.name"), { exact: true }).fill("月のまとめ");
      await form.getByRole("radio", { name: t("reporting.when.monthly") }).check();
      await form.getByLabel(/佐藤/).check();
      await form.getByLabel(t("reporting.addresses")).fill("だれか");
      allow(400); // no address: said in the form
      await form.getByRole("button", { name: t("reporting.begin") }).click();
      await seen(form.getByRole("alert"));
      await form.getByLabel(t("reporting.addresses")).fill("soto@client.example");
      await clean(page, "the form of a report");
      await shot("reports-form");
      await form.getByRole("button", { name: t("reporting.begin") }).click();
      await gone(form);

      const card = page.getByRole("article").filter({ hasText: "月のまとめ" });
      await seen(card.getByText("soto@client.example"));
      await card.getByRole("button", { name: t("reporting.send") }).click();
      await seen(card.getByRole("button", { name: t("reporting.history") }));
      await clean(page, "reports");
      await shot("reports");
      await card.getByRole("button", { name: t("reporting.history") }).click();
      await page.getByRole("dialog").getByRole("listitem").getByRole("button").first().click();
      await seen(page.getByRole("dialog").getByRole("heading", { name: "今月の状況" }));
      await shot("reports-sent");
      await page.keyboard.press("Escape");
      await card.getByRole("button", { name: t("reporting.pause") }).click();
      await seen(card.getByText(t("reporting.paused")));
    },
  },
];
