// Questions: asked where something is unclear, answered, settled, found again; and asked by
// somebody who only has a link. The sample's team has asked a few things already.

import { newWorkspace } from "../lib/api.mjs";
import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, gone, reads, seen } from "../lib/expect.mjs";
import { say } from "../lib/words.mjs";

const t = say("ja");
const PAGE = "/w/hinata/share/questions";

/** Nothing is wider than the screen. */
async function fits(page) {
  check(
    await page.evaluate(
      () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
    ),
    "something sticks out at the side",
  );
}

export const tests = [
  {
    name: "what is asked of a number is answered, settled, changed and deleted",
    async run({ page, base }) {
      const ws = await newWorkspace(base, "聞くチーム");
      await page.goto(`/w/${ws}/share/questions`);
      await seen(page.getByRole("heading", { name: t("questions.none.open") }));
      await page.getByRole("button", { name: t("questions.ask") }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(t("questions.about")).selectOption({ label: "クリック率" });
      await dialog
        .getByLabel(t("talk.ask"))
        .fill("広告の分も<b>入り</b>ますか?\nhttps://example.jp/x を見ました。");
      await dialog.getByRole("button", { name: t("talk.askSend") }).click();
      await gone(dialog);
      const text = page.locator("ol p").filter({ hasText: "広告の分も" });
      await reads(text, "<b>入り</b>", "what looks like markup is text");
      equal(await text.locator("b").count(), 0, "markup in a message");
      equal(
        await text.getByRole("link").getAttribute("href"),
        "https://example.jp/x",
        "the address in it",
      );
      const answer = page.getByLabel(t("talk.add"));
      await answer.fill("いいえ、SNSだけです。");
      await answer.press("Control+Enter");
      await seen(page.getByText("いいえ、SNSだけです。"));
      await page.getByRole("button", { name: t("talk.thisAnswers") }).click();
      await seen(page.getByText(t("talk.settled")));
      await page.getByRole("button", { name: t("talk.reopen") }).click();
      await gone(page.getByText(t("talk.settled")));
      const second = page.locator("ol > li").nth(1);
      await second.getByRole("button", { name: t("talk.edit") }).click();
      await second.getByLabel(t("talk.edit")).fill("はい、広告も入ります。");
      await second.getByRole("button", { name: t("talk.save") }).click();
      await seen(second.getByText("はい、広告も入ります。"));
      await seen(second.getByText(t("talk.edited")));
      await second.getByRole("button", { name: t("talk.remove"), exact: true }).click();
      await seen(second.getByText(t("talk.deleted")));
      // Found again by a word of it, and on the map beside its number.
      await page.getByLabel(t("questions.search")).fill("ないことば");
      await seen(page.getByRole("heading", { name: t("questions.notFound") }));
      await page.getByLabel(t("questions.search")).fill("広告");
      await seen(page.getByRole("tabpanel").getByRole("button", { name: /広告の分も/ }));
      await page.getByRole("link", { name: t("talk.toMap") }).click();
      await page.getByRole("tab", { name: new RegExp(t("drawer.tab.questions")) }).click();
      await seen(page.getByRole("tabpanel").getByText("広告の分も", { exact: false }));
      await page.goto(`/w/${ws}/share/questions`);
      await page.getByRole("button", { name: t("talk.forget") }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: t("talk.forget") })
        .click();
      await seen(page.getByRole("heading", { name: t("questions.none.open") }));
    },
  },
  {
    name: "somebody is called by name with the keyboard alone, and what is read is no longer new",
    async run({ page }) {
      await page.goto(PAGE);
      const badge = page.getByRole("navigation").getByRole("img", { name: /件/ });
      const before = Number(await badge.innerText());
      await page.getByRole("button", { name: /ストーリーズのリンク/ }).click();
      await eventually(async () => {
        const now = (await badge.count()) > 0 ? Number(await badge.innerText()) : 0;
        return now === before - 1;
      });
      const answer = page.getByLabel(t("talk.answer"));
      await answer.pressSequentially("入っていません。@鈴");
      await seen(page.getByRole("option", { name: /鈴木/ }));
      await page.keyboard.press("Enter");
      await eventually(async () => (await answer.inputValue()).endsWith("@鈴木 亮 "));
      await page.keyboard.press("Control+Enter");
      await seen(page.locator("ol b").filter({ hasText: "@鈴木 亮" }));
    },
  },
  {
    name: "a finding is talked about where it stands",
    async run({ page }) {
      await page.goto("/w/hinata/ask");
      const card = page.getByRole("article").nth(2);
      const talk = card.getByRole("button", { name: new RegExp(`^${t("talk.discuss")}`) });
      await talk.click();
      await card.getByLabel(t("talk.say")).fill("次の点検で話しませんか?");
      await card.getByRole("button", { name: t("talk.saySend") }).click();
      await seen(card.getByText("次の点検で話しませんか?"));
      await seen(card.getByText(t("talk.quote")));
      await page.getByRole("tab", { name: new RegExp(t("talk.state.talked")) }).click();
      await eventually(async () => (await page.getByRole("article").count()) >= 2);
    },
  },
  {
    name: "somebody with a link alone asks, and sees the answer without the team's names",
    async run({ page, base, visitor, shot }) {
      const ws = await newWorkspace(base, "見せるチーム2");
      const reply = await page.request.post(`${base}/api/workspaces/${ws}/views`, {
        data: { days: 3 },
        headers: { origin: base },
      });
      const { token } = await reply.json();
      const guest = await visitor();
      await guest.page.goto(`/view/${token}`);
      await guest.page.getByRole("button", { name: t("questions.ask") }).click();
      const dialog = guest.page.getByRole("dialog");
      await dialog.getByLabel(t("talk.ask")).fill("この目標は、だれが決めましたか?");
      await dialog.getByLabel(t("talk.name"), { exact: true }).fill("小川");
      equal(await violations(guest.page), [], "the form of a guest");
      await shot("questions-outside", { page: guest.page });
      await dialog.getByRole("button", { name: t("talk.askSend") }).click();
      await seen(dialog.getByText(t("talk.asked")));

      await page.goto(`/w/${ws}/share/questions`);
      await seen(page.getByText(t("talk.outside"), { exact: true }).first());
      await page.getByLabel(t("talk.answer")).fill("社長と営業で決めました。");
      await page.getByRole("button", { name: t("talk.send") }).click();
      await seen(page.getByText("社長と営業で決めました。"));

      await guest.page.reload();
      await guest.page.getByRole("button", { name: t("questions.ask") }).click();
      await seen(dialog.getByText("社長と営業で決めました。"));
      await seen(dialog.getByText(t("talk.team")));
      await dialog.getByLabel(t("talk.more")).fill("ありがとうございます。");
      await dialog.getByRole("button", { name: t("talk.send") }).click();
      await seen(dialog.locator("ol").getByText("ありがとうございます。"));
      await guest.page.goto(`/ask/${token}`);
      await seen(guest.page.getByRole("heading", { name: t("talk.page.title") }));
      await seen(guest.page.getByText(t("talk.own")));
      equal(await violations(guest.page), [], "the page to ask on");
      guest.allow(404);
      await guest.page.goto("/ask/nobody-has-this-link");
      await seen(guest.page.getByRole("heading", { name: t("view.gone") }));
    },
  },
  ...["wide", "phone"].flatMap((size) =>
    ["ja", "en"].map((lang) => ({
      name: `questions are readable for everybody (${size}, ${lang})`,
      look: { size, lang, theme: size === "phone" ? "dark" : "light" },
      async run({ page, shot }) {
        const say2 = say(lang);
        await page.goto(PAGE);
        const row = page.getByRole("tabpanel").getByRole("button").first();
        await seen(row);
        await fits(page);
        equal(await violations(page), [], "the list");
        await shot("questions");
        await page.getByRole("tab", { name: say2("questions.show.settled") }).click();
        await eventually(async () => (await row.innerText()).includes(say2("talk.state.settled")));
        await row.click();
        await seen(page.getByText(say2("talk.settled")));
        await fits(page);
        equal(await violations(page), [], "a thread");
        await shot("question");
        await page.goto("/w/hinata/map?open=ctr&tab=questions");
        await seen(page.getByRole("tabpanel").locator("ol, ul").first());
        equal(await violations(page), [], "the drawer");
        await shot("drawer-questions");
      },
    })),
  ),
];
