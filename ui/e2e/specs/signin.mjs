// The ways in besides passwords: invited by mail, by a link in a mail, at an issuer. A real mail
// server and a real issuer stand on this machine.

import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, seen } from "../lib/expect.mjs";
import { CLIENT, SECRET, startIssuer } from "../lib/issuer.mjs";
import { wrongWords } from "../lib/language.mjs";
import { leftOut, overlaps } from "../lib/measure.mjs";
import { startPostbox } from "../lib/postbox.mjs";
import { startServe } from "../lib/serve.mjs";
import { say } from "../lib/words.mjs";

const PASSWORD = "青い屋根と猫とみかん";
const OWN = ["日本語", "田中 美咲", "佐藤 蓮", "会社", "田", "佐", "道しるべ"]; // words of the team

async function guest(visitor, { base }, issuer, wish) {
  const one = await visitor(wish);
  one.allowOrigin(base);
  one.allowOrigin(issuer.url);
  for (const status of [400, 401, 403, 404, 410]) one.allow(status);
  return one;
}

async function open() {
  const postbox = await startPostbox();
  const issuer = await startIssuer();
  const served = await startServe(
    [
      ...["--mail-url", postbox.url, "--mail-from", "道しるべ <shirube@example.jp>"],
      ...["--oidc-issuer", issuer.url, "--oidc-client-id", CLIENT, "--oidc-name", "Hinata ID"],
      ...["--allow-network", "127.0.0.1"],
    ],
    { SHIRUBE_OIDC_CLIENT_SECRET: SECRET },
  );
  return {
    postbox,
    issuer,
    served,
    async close() {
      const { logged, kept } = await served.stop();
      await postbox.stop();
      await issuer.stop();
      check(!/level=ERROR/.test(logged), `the server logs errors: ${logged}`);
      for (const { link } of postbox.letters().filter(({ link }) => link)) {
        const secret = new URL(link).hash.slice(1);
        check(!logged.includes(secret), "a link's secret stands in the log");
        check(!kept.includes(secret), "a link's secret stands in the database");
      }
    },
  };
}

async function letter(postbox, n) {
  await eventually(async () => equal(postbox.letters().length, n, "letters"));
  return postbox.letters()[n - 1];
}

/** The first owner, with a workspace; resolves with its slug. */
async function found(page, { link, base }, lang = "ja") {
  const t = say(lang);
  await page.goto(link);
  await page.getByLabel(t("people.name")).fill("田中 美咲");
  await page.getByLabel(t("people.email")).fill("misaki@example.co.jp");
  await page.getByLabel(t("people.password"), { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: t("people.welcome.do") }).click();
  await page.waitForURL("**/start");
  const reply = await page.request.post(`${base}/api/workspaces`, {
    data: { name: "会社", template: "" },
    headers: { origin: base },
  });
  return (await reply.json()).slug;
}

export const tests = [
  {
    name: "a colleague is invited by mail, comes back by a link in a mail, and at the issuer",
    async run({ visitor }) {
      const t = say("ja");
      const { postbox, issuer, served, close } = await open();
      const owner = (await guest(visitor, served, issuer)).page;
      const ws = await found(owner, served);
      await owner.goto(`${served.base}/w/${ws}/people`);
      await owner.getByRole("button", { name: t("people.add") }).click();
      const sheet = owner.getByRole("dialog");
      await sheet.getByLabel(t("people.key.name")).fill("佐藤 蓮");
      await sheet.getByLabel(t("people.email")).fill("sato@example.co.jp");
      check(await sheet.getByLabel(t("signin.invite.send")).isChecked(), "a mail is proposed");
      await sheet.getByRole("button", { name: t("signin.invite.do"), exact: true }).click();
      await seen(owner.getByText(t("signin.invite.sent", { name: "佐藤 蓮" })));
      await seen(owner.getByText(t("people.pending")));
      const invitation = await letter(postbox, 1);
      equal(invitation.to, "sato@example.co.jp", "whom the invitation is to");

      const sato = (await guest(visitor, served, issuer)).page;
      await sato.goto(invitation.link);
      await sato.getByLabel(t("people.password"), { exact: true }).fill(PASSWORD);
      await sato.getByRole("button", { name: t("people.welcome.do") }).click();
      await sato.waitForURL(`**/w/${ws}/map`);

      // Another browser, the password forgotten.
      const phone = (await guest(visitor, served, issuer, { size: "phone" })).page;
      await phone.goto(`${served.base}/signin?next=%2Fw%2F${ws}%2Fpeople`);
      await phone.getByLabel(t("people.email")).fill("sato@example.co.jp");
      await phone.getByRole("button", { name: t("signin.byMail") }).click();
      await seen(phone.getByRole("heading", { name: t("signin.sent") }));
      const link = (await letter(postbox, 2)).link;
      await phone.goto(link);
      await seen(phone.getByText("sato@example.co.jp"));
      check(!phone.url().includes("#"), "the secret stays in the address");
      await phone.getByRole("button", { name: t("people.signIn"), exact: true }).click();
      await phone.waitForURL(`**/w/${ws}/map`);
      await phone.goto(`${served.base}/account`);
      await seen(phone.getByText(t("signin.password.choose.line")));
      equal(await phone.getByLabel(t("people.account.current")).count(), 0, "the old password");
      await phone.getByLabel(t("people.account.new")).fill("みかんと猫と青い屋根");
      await phone.getByRole("button", { name: t("people.account.change"), exact: true }).click();
      await seen(phone.getByText(t("people.account.changed")));
      await phone.goto(link);
      await seen(phone.getByRole("heading", { name: t("signin.enter.dead") }));

      // At the issuer: nobody unknown, and back to where one wanted to go.
      const tablet = (await guest(visitor, served, issuer)).page;
      const button = () =>
        tablet.getByRole("link", { name: t("signin.with", { name: "Hinata ID" }) });
      issuer.person = { sub: "1", email: "nobody@example.co.jp", email_verified: true };
      await tablet.goto(`${served.base}/w/${ws}/people`);
      await button().click();
      await seen(tablet.getByText(t("signin.problem.unknown")));
      issuer.person = { sub: "2", email: "Sato@example.co.jp", email_verified: true };
      await tablet.goto(`${served.base}/w/${ws}/people`);
      await button().click();
      await tablet.waitForURL(`**/w/${ws}/people`);
      await seen(tablet.getByText(t("people.ownersOnly")));

      // Whoever set the house up sees how, and tries the mail.
      await owner.goto(`${served.base}/account`);
      await owner.getByRole("button", { name: t("signin.house.mail.try") }).click();
      await seen(owner.getByText(t("signin.house.mail.ok", { to: "misaki@example.co.jp" })));
      equal((await letter(postbox, 3)).to, "misaki@example.co.jp", "whom the trial is to");
      for (const page of [owner, sato, phone, tablet]) await page.close();
      await close();
    },
  },
  {
    name: "the ways in, in both languages, on a phone, in the dark",
    async run({ visitor, shot }) {
      const { postbox, issuer, served, close } = await open();
      const first = await guest(visitor, served, issuer);
      const ws = await found(first.page, served);
      await first.page.close();
      let n = 0;
      for (const lang of ["ja", "en"])
        for (const size of ["wide", "phone"]) {
          const t = say(lang);
          const one = await guest(visitor, served, issuer, { lang, size });
          const { page } = one;
          const all = (name) => look(one, name, shot, lang, size);
          await page.goto(`${served.base}/signin?problem=unverified`);
          await seen(page.getByText(t("signin.problem.unverified")));
          await all("signin-ways");
          await page.getByLabel(t("people.email")).fill("misaki@example.co.jp");
          if (n < 3) {
            // Three letters to one address are all there are for a while.
            await page.getByRole("button", { name: t("signin.byMail") }).click();
            await seen(page.getByRole("heading", { name: t("signin.sent") }));
            await all("signin-sent");
            await page.goto((await letter(postbox, ++n)).link);
            await seen(page.getByText("misaki@example.co.jp"));
            await all("enter");
            await page.getByRole("button", { name: t("people.signIn"), exact: true }).click();
          } else {
            await page.getByLabel(t("people.password"), { exact: true }).fill(PASSWORD);
            await page.getByRole("button", { name: t("people.signIn"), exact: true }).click();
          }
          await page.waitForURL(`**/w/${ws}/map`);
          await page.goto(`${served.base}/account`);
          await seen(page.getByRole("heading", { name: t("signin.house") }));
          await seen(page.getByText("Hinata ID", { exact: false }).first());
          await all("account-house");
          await page.goto(`${served.base}/w/${ws}/people`);
          await page.getByRole("button", { name: t("people.add") }).click();
          await seen(page.getByLabel(t("signin.invite.send")));
          await all("people-invite");
          await page.close();
        }
      await close();
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
