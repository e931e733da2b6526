// Who gets in: the first owner by the link of the terminal, a colleague by a link of the owner,
// everybody with a password after that, and nobody without.

import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, gone, seen } from "../lib/expect.mjs";
import { wrongWords } from "../lib/language.mjs";
import { mapReady } from "../lib/map.mjs";
import { leftOut, overlaps } from "../lib/measure.mjs";
import { startServe } from "../lib/serve.mjs";
import { say } from "../lib/words.mjs";

const PASSWORD = "青い屋根と猫とみかん";
const OWN = ["日本語", "田中 美咲", "佐藤 蓮", "会社", "田", "佐"]; // words of the team on the screens

/** A visitor of the real program, who is refused now and then. */
async function guest(visitor, { base }, wish) {
  const one = await visitor(wish);
  one.allowOrigin(base);
  for (const status of [400, 401, 403, 404, 410]) one.allow(status);
  return one;
}

async function found(page, { link }, lang = "ja") {
  const t = say(lang);
  await page.goto(link);
  await page.getByLabel(t("people.name")).fill("田中 美咲");
  await page.getByLabel(t("people.email")).fill("misaki@example.co.jp");
  await page.getByLabel(t("people.password"), { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: t("people.welcome.do") }).click();
  await page.waitForURL("**/start");
}

async function newWorkspace(page, base) {
  const reply = await page.request.post(`${base}/api/workspaces`, {
    data: { name: "会社", template: "sns-recruiting", sample: true },
    headers: { origin: base },
  });
  equal(reply.status(), 201, "status of the new workspace");
  return (await reply.json()).slug;
}

export const tests = [
  {
    name: "the first owner comes by the link of the terminal, and the door is closed behind",
    async run({ visitor }) {
      const t = say("ja");
      const served = await startServe();
      const { page } = await guest(visitor, served);
      await page.goto(`${served.base}/goals`);
      await seen(page.getByRole("heading", { name: t("people.signIn.first") }));

      await page.goto(served.link);
      await seen(page.getByRole("heading", { name: t("people.welcome.owner") }));
      check(!page.url().includes("#"), "the secret stays in the address");
      await page.getByLabel(t("people.name")).fill("田中 美咲");
      await page.getByLabel(t("people.email")).fill("misaki@example.co.jp");
      const password = page.getByLabel(t("people.password"), { exact: true });
      await password.fill("password123");
      await page.getByRole("button", { name: t("people.welcome.do") }).click();
      await eventually(async () =>
        equal(await password.getAttribute("aria-invalid"), "true", "weak"),
      );
      await password.fill(PASSWORD);
      await page.getByRole("button", { name: t("people.welcome.do") }).click();
      await page.waitForURL("**/start");
      const cookies = await page.context().cookies();
      equal(
        cookies.map(({ httpOnly, sameSite, secure }) => ({ httpOnly, sameSite, secure })),
        [{ httpOnly: true, sameSite: "Lax", secure: false }],
        "cookies",
      );

      const ws = await newWorkspace(page, served.base);
      await page.goto(`${served.base}/w/${ws}/map`);
      await mapReady(page);
      await page.getByRole("button", { name: "田中 美咲" }).click();
      await page.getByRole("button", { name: t("frame.signOut") }).click();
      await seen(page.getByRole("heading", { name: t("people.signIn"), exact: true }));

      // The link has done its work; the map asks for a sign-in and then opens.
      await page.goto(served.link);
      await seen(page.getByRole("heading", { name: t("people.welcome.dead") }));
      await page.goto(`${served.base}/w/${ws}/map?open=ctr`);
      await page.waitForURL("**/signin?**");
      await page.getByLabel(t("people.email")).fill("Misaki@example.co.jp");
      await page.getByLabel(t("people.password"), { exact: true }).fill("not this one");
      const enter = page.getByRole("button", { name: t("people.signIn"), exact: true });
      await enter.click();
      await seen(page.getByRole("alert"));
      await page.getByLabel(t("people.password"), { exact: true }).fill(PASSWORD);
      await enter.click();
      await page.waitForURL(`**/w/${ws}/map?open=ctr`);
      await seen(page.getByRole("tablist"));

      await page.close(); // what it still asks is called off, not refused
      const { logged, kept } = await served.stop();
      const token = new URL(served.link).hash.slice(1);
      const secrets = [token, PASSWORD, ...cookies.map(({ value }) => value)];
      for (const secret of secrets) {
        check(!logged.includes(secret), "a secret stands in the log");
        check(!kept.includes(secret), "a secret stands in the database");
      }
      check(!/level=ERROR/.test(logged), `the server logs errors: ${logged}`);
    },
  },
  {
    name: "a colleague is added, chooses a password, sees the map and manages nothing",
    async run({ visitor }) {
      const t = say("ja");
      const served = await startServe();
      const owner = (await guest(visitor, served)).page;
      await found(owner, served);
      const ws = await newWorkspace(owner, served.base);
      await owner.goto(`${served.base}/w/${ws}/people`);
      await owner.getByRole("button", { name: t("people.add") }).click();
      const sheet = owner.getByRole("dialog");
      await sheet.getByLabel(t("people.key.name")).fill("佐藤 蓮");
      await sheet.getByLabel(t("people.email")).fill("sato@example.co.jp");
      await sheet.getByLabel(t("people.add.role")).selectOption("viewer");
      await sheet.getByRole("button", { name: t("people.add.do"), exact: true }).click();
      const link = await sheet.getByText("/welcome#").textContent();
      await sheet.getByRole("button", { name: t("people.link.done") }).click();
      await seen(owner.getByText(t("people.pending")));

      const sato = (await guest(visitor, served)).page;
      await sato.goto(link);
      await seen(
        sato.getByRole("heading", { name: t("people.welcome.member", { name: "佐藤 蓮" }) }),
      );
      await sato.getByLabel(t("people.password"), { exact: true }).fill(PASSWORD);
      await sato.getByRole("button", { name: t("people.welcome.do") }).click();
      await sato.waitForURL(`**/w/${ws}/map`);
      await mapReady(sato);
      await sato.goto(`${served.base}/w/${ws}/people`);
      await seen(sato.getByText(t("people.ownersOnly")));
      for (const key of ["people.add", "people.key.new"])
        equal(await sato.getByRole("button", { name: t(key) }).count(), 0, t(key));
      const refused = await sato.request.delete(`${served.base}/api/workspaces/${ws}`, {
        headers: { origin: served.base },
      });
      equal(refused.status(), 403, "deleting the workspace as a viewer");

      // Taken out, the workspace is no longer there for them.
      await owner.reload();
      await owner.getByRole("button", { name: `${t("people.remove")}: 佐藤 蓮` }).click();
      await owner
        .getByRole("dialog")
        .getByRole("button", { name: t("people.remove"), exact: true })
        .click();
      await gone(owner.getByText("sato@example.co.jp"));
      const hidden = await sato.request.get(`${served.base}/api/workspaces/${ws}/map`);
      equal(hidden.status(), 404, "the map for somebody who was taken out");

      // An API key is shown once and opens what it may.
      const programs = owner
        .getByRole("heading", { name: t("people.apiKeys") })
        .locator("../../..");
      await programs.getByRole("button", { name: t("people.key.new") }).click();
      await sheet.getByLabel(t("people.key.name")).fill("BI");
      await sheet.getByRole("button", { name: t("people.key.create"), exact: true }).click();
      const key = await sheet.getByText(/^shrb_k_/).textContent();
      await owner.keyboard.press("Escape");
      await seen(owner.getByText(t("people.api.unused"), { exact: false }));
      equal(await owner.getByText(key).count(), 0, "places that still show the key");
      const asProgram = (method) =>
        fetch(`${served.base}/api/workspaces/${ws}/map`, {
          method,
          headers: { authorization: `Bearer ${key}` },
        });
      equal((await asProgram("GET")).status, 200, "reading with the key");
      await served.stop();
    },
  },
  {
    name: "the pages of people in both languages, on a phone, in the dark",
    async run({ visitor, shot }) {
      const served = await startServe();
      const first = await guest(visitor, served, { lang: "en" });
      await first.page.goto(served.link);
      await look(first, "welcome", shot, "en", "wide");
      await found(first.page, served, "en");
      const ws = await newWorkspace(first.page, served.base);
      for (const lang of ["ja", "en"])
        for (const size of ["wide", "phone"]) {
          const t = say(lang);
          const one = await guest(visitor, served, { lang, size });
          await one.page.goto(`${served.base}/signin`);
          await seen(one.page.getByLabel(t("people.email")));
          await look(one, "signin", shot, lang, size);
          await one.page.getByLabel(t("people.email")).fill("misaki@example.co.jp");
          await one.page.getByLabel(t("people.password"), { exact: true }).fill(PASSWORD);
          await one.page.getByRole("button", { name: t("people.signIn"), exact: true }).click();
          await one.page.waitForURL(`**/w/${ws}/map`);
          await one.page.goto(`${served.base}/w/${ws}/people`);
          await seen(one.page.getByRole("heading", { name: t("people.apiKeys") }));
          await look(one, "people", shot, lang, size);
          await one.page.goto(`${served.base}/account`);
          await seen(one.page.getByText(t("people.account.here")));
          await look(one, "account", shot, lang, size);
        }
      await served.stop();
    },
  },
];

/** Pictures, and what is wrong with the page: reach, overlap, language, accessibility. */
async function look({ page, settled }, name, shot, lang, size) {
  await settled();
  await shot(name, { page, lang, size });
  equal(await violations(page), [], `${name}: axe`);
  equal(await leftOut(page), [], `${name}: what sticks out`);
  equal(await overlaps(page), [], `${name}: what overlaps`);
  equal(await wrongWords(page, lang, OWN), [], `${name}: words`);
  await page.emulateMedia({ colorScheme: "dark" });
  await shot(name, { page, lang, size, theme: "dark" });
  equal(await violations(page, ["color-contrast"]), [], `${name}: contrast in the dark`);
  await page.emulateMedia({ colorScheme: "light" });
}
