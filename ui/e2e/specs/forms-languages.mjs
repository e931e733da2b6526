// A form in two languages: its other words are written beside what is seen, words of consent
// that name nobody keep it closed, and what an English reader agreed to is on record as they
// read it.

import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, gone, reads, seen } from "../lib/expect.mjs";
import { say } from "../lib/words.mjs";

const OWN = "ひなたワークスから、採用の案内のメールを受け取ります。";
const NAMELESS = "I would like news on hiring by mail.";
const ENGLISH = "I would like news on hiring from Hinata Works (ひなたワークス) by mail.";

/** A closed form in Japanese that asks for an address and a consent. */
async function newForm(page, api) {
  const made = await page.request.post(`${api}/forms`, {
    headers: { origin: new URL(api).origin },
    data: {
      name: "2つの言語",
      definition: {
        kind: "inquiry",
        title: "ご相談",
        questions: [{ key: "mail", kind: "email", label: "メール", required: true, to: "address" }],
        consent: { text: OWN },
      },
    },
  });
  equal(made.status(), 201, "status of the new form");
  return (await made.json()).id;
}

export const tests = [
  {
    name: "a form in two languages keeps what was read, and names its sender in both",
    async run({ page, base, shot, allow }) {
      const t = say("ja");
      const api = `${base}/api/workspaces/hinata-sales`;
      const button = (key) => page.getByRole("button", { name: t(key), exact: true });
      const id = await newForm(page, api);
      await page.goto(`${base}/w/hinata-sales/act/forms/${id}`);
      await page.getByText(t("forms.langs.also", { lang: t("forms.lang.en") })).click();
      await page.getByLabel(t("forms.edit.title"), { exact: true }).fill("Contact us");
      await page.getByLabel("メール", { exact: true }).fill("Your mail address");
      const words = page.getByLabel(t("forms.consent.text"), { exact: true });
      await words.fill(NAMELESS);
      const drawn = page.frameLocator(`iframe[title="${t("forms.preview.frame")}"]`);
      await seen(drawn.getByText("Your mail address"));
      await button("forms.save").click();

      // Kept, but not opened: it is told at the words.
      const nameless = page.getByText("だれからのメールかが書かれていません");
      await seen(nameless.first());
      equal(await violations(page), [], "axe, the other language");
      allow(422);
      await button("forms.open.do").click();
      await seen(page.getByText("特定電子メールの送信等に関するガイドライン").first());
      await shot("form-nameless");
      await words.fill(ENGLISH);
      await gone(nameless.nth(1));
      await button("forms.save").click();
      await button("forms.open.do").click();
      await seen(button("forms.close.do"));

      // Somebody reads it in English and agrees.
      const visitor = await page.context().newPage();
      await visitor.goto(`${base}/f/${id}?lang=en`);
      await reads(visitor.locator("h1"), "Contact us", "the heading");
      const address = `reader${Date.now()}@example.jp`;
      await visitor.getByLabel("Your mail address").fill(address);
      await visitor.getByText(ENGLISH).click();
      await visitor.locator("button[type=submit]").click();
      await visitor.getByText("Your mail address").waitFor({ state: "hidden" });
      await visitor.close();

      // It came too fast for a person, so somebody lets it through.
      const sent = await page.request.get(`${api}/forms/${id}/submissions`);
      const [one] = (await sent.json()).submissions;
      equal([one.lang, one.agreed], ["en", true], "what is kept of it");
      if (one.state === "held") {
        const judged = await page.request.post(`${api}/forms/${id}/submissions/${one.id}/judge`, {
          headers: { origin: base },
          data: { accept: true },
        });
        check(judged.ok(), `releasing it: ${judged.status()}`);
      }
      const found = await eventually(async () => {
        const reply = await page.request.get(`${api}/act/contacts?search=${address}`);
        const { contacts } = await reply.json();
        check(contacts.length === 1, "they are known");
        return contacts[0];
      });
      await page.goto(`${base}/w/hinata-sales/act/contacts/${found.id}`);
      await page.locator("summary", { hasText: "本人の同意" }).first().click();
      await seen(page.getByText(ENGLISH));
      const known = await page.request.get(`${api}/act/contacts/${found.id}`);
      const [{ consents }] = (await known.json()).addresses;
      equal([consents[0].text, consents[0].lang], [ENGLISH, "en"], "the consent");
    },
  },
];
