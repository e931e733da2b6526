// People with a name: a list is brought in on a ground, one of them found, their record read,
// mail to them stopped and let through again; a condition is built, counted and kept.

import { newWorkspace } from "../lib/api.mjs";
import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, gone, seen } from "../lib/expect.mjs";
import { format, say } from "../lib/words.mjs";

const LIST = `会社名,お名前,メールアドレス,役職
東海精機,田中 一郎,ichiro@tokai-seiki.example,部長
みなと食品,三浦 花子,miura@,課長
北陸リハビリ,総務の方,info@hokuriku.example,
`;

/** A list is brought in by the screen, all the way. */
async function bringIn(page, ws, t, f) {
  await page.goto(`/w/${ws}/act/contacts`);
  await page.getByRole("button", { name: t("contacts.import") }).click();
  await page.setInputFiles("input[type=file]", {
    name: "list.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(LIST),
  });
  const next = page.getByRole("button", { name: t("contacts.list.next"), exact: true });
  await seen(next);
  check(await next.isDisabled(), "a list with a wrong row goes on without being asked");
  await page.getByLabel(t("contacts.list.leave")).check();
  await next.click();
  const bring = page.getByRole("button", { name: t("contacts.list.do", { n: f.count(2) }) });
  check(await bring.isDisabled(), "a list comes in without a ground");
  await page.getByRole("radio", { name: t("contacts.basis.paper") }).check();
  await page.getByLabel(t("contacts.list.source")).fill("展示会 2026年9月");
  await page.getByLabel(t("contacts.list.tags"), { exact: false }).fill("展示会");
  await bring.click();
  await seen(page.getByRole("heading", { name: t("contacts.list.done", { n: f.count(2) }) }));
  await page.getByRole("button", { name: t("contacts.list.show") }).click();
}

export const tests = [
  ...["ja", "en"].map((lang) => ({
    name: `people: a list comes in on a ground, mail is stopped and let through (${lang})`,
    look: lang === "en" ? { lang, size: "phone", theme: "dark" } : { lang },
    async run({ page, base, shot }) {
      const t = say(lang);
      const f = format(lang);
      const ws = await newWorkspace(base, `People ${lang}`);
      await bringIn(page, ws, t, f);
      const person = page.getByRole("link", { name: "田中 一郎" });
      await seen(person);
      await seen(page.getByText(t("contacts.role"), { exact: true }));
      equal(await violations(page), [], "axe on the contacts");
      await shot("contacts");
      await page.getByLabel(t("contacts.search")).fill("東海");
      await gone(page.getByRole("link", { name: "総務の方" }));
      await person.click();
      const record = page.getByText(t("contacts.mail.may"), { exact: true });
      await seen(record);
      equal(await violations(page), [], "axe on one of them");
      await shot("contact");
      await page.getByRole("button", { name: t("contacts.mail.stop") }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(t("contacts.stop.note"), { exact: false }).fill("電話で");
      await dialog.getByRole("button", { name: t("contacts.stop.do"), exact: true }).click();
      await seen(page.getByText(t("contacts.mail.maynot"), { exact: true }));
      await page.getByRole("button", { name: t("contacts.mail.lift") }).click();
      const lift = dialog.getByRole("button", { name: t("contacts.lift.do") });
      check(await lift.isDisabled(), "mail is let through without a reason");
      await dialog.getByLabel(t("contacts.lift.why")).fill("本人から再開の電話");
      await lift.click();
      await seen(record);
    },
  })),
  {
    name: "segments: a condition is built with the keyboard, counted, kept and found again",
    async run({ page, base, shot }) {
      const t = say("ja");
      const f = format("ja");
      const ws = await newWorkspace(base, "Segments");
      await bringIn(page, ws, t, f);
      await page.goto(`/w/${ws}/act/segments/new`);
      await page.getByLabel(t("segments.name"), { exact: true }).fill("展示会の方");
      const add = page.getByRole("button", { name: t("conditions.add") });
      await add.press("Enter");
      const tag = page.getByRole("button", { name: t("conditions.kind.tag"), exact: true });
      await tag.press("Enter");
      const row = page.getByRole("group", { name: t("conditions.kind.tag") });
      // The keyboard stands in what was added.
      await eventually(async () =>
        check(
          await row.evaluate((one) => one.contains(document.activeElement)),
          "the keyboard is elsewhere",
        ),
      );
      await row.getByLabel(t("conditions.field.tag")).selectOption("展示会");
      const count = page.getByRole("region", { name: t("conditions.count") });
      await seen(count.getByText(t("conditions.count.share", { of: "2", share: "100%" })));
      await row.getByLabel(t("conditions.field.op")).selectOption("not");
      await seen(count.getByText(t("conditions.count.share", { of: "2", share: "0%" })));
      await row.getByLabel(t("conditions.field.op")).selectOption("has");
      await page.getByRole("button", { name: t("segments.save") }).click();
      await seen(page.getByRole("heading", { name: "展示会の方" }));
      await seen(page.getByRole("link", { name: "田中 一郎" }));
      equal(await violations(page), [], "axe on a segment");
      await shot("segment");
      await page.getByRole("link", { name: t("segments.back") }).click();
      await seen(page.getByText("タグ「展示会」が付いている"));
    },
  },
];
