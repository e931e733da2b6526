// Mail: what was sent and what became of it, a text being written with its preview beside it, and
// the checks that stand between a draft and its sending.

import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, gone, seen } from "../lib/expect.mjs";
import { wrongWords } from "../lib/language.mjs";
import { leftOut } from "../lib/measure.mjs";
import { say } from "../lib/words.mjs";

const LOOKS = [
  { lang: "ja", size: "wide" },
  { lang: "en", size: "phone" },
];

async function sender(page, base, name) {
  const reply = await page.request.post(`${base}/api/workspaces/hinata/act/mail/senders`, {
    headers: { origin: base },
    data: {
      name,
      settings: {
        stream: "marketing",
        from_name: "Hinata",
        from: "news@mail.invalid",
        host: "127.0.0.1",
        port: 9,
        security: "none",
        legal: { sender: "Hinata Works", postal: "Tokyo 1-1", contact: "03-0000-0000" },
        warmup: { first_day: 100, growth: 2, days: 7 },
      },
    },
  });
  equal(reply.status(), 200, "status of the new sender");
}

export const tests = LOOKS.map((look) => ({
  name: `mail is written, checked and held back, ${look.lang}, ${look.size}`,
  look,
  async run({ page, base, shot, settled, allow }) {
    const t = say(look.lang);
    const url = `${base}/w/hinata/act/mail`;
    allow(422);
    await sender(page, base, `News ${look.size}`);
    await page.goto(`${url}/templates/new`);
    await page
      .getByLabel(t("mail.template.sender"), { exact: true })
      .selectOption({ label: `News ${look.size} (${t("mail.stream.marketing")})` });
    const subject = page.getByLabel(t("mail.subject"), { exact: true });
    await subject.fill("Hello {{nmae|there}}");
    // What is wrong is told at its place while it is typed.
    await seen(page.getByText("nmae", { exact: false }).last());
    await eventually(async () =>
      equal(await subject.getAttribute("aria-invalid"), "true", "the subject is marked"),
    );
    await subject.fill("Hello {{name|there}}");
    const texts = page.getByLabel(t("mail.block.text"), { exact: true });
    await texts.nth(0).fill("Autumn");
    await texts.nth(1).fill("Dear {{name|reader}},\n\n**come**");
    await page.getByLabel(t("mail.button.text"), { exact: true }).fill("Join");
    await page.getByLabel(t("mail.url"), { exact: true }).fill("https://example.jp/join");
    const frame = page.frameLocator("iframe:not([aria-hidden])");
    await eventually(async () => {
      const text = await frame.locator("body").innerText();
      check(text.includes("Dear reader,") && text.includes("Hinata Works"), `shows ${text}`);
    });
    await page.getByRole("button", { name: t("mail.save"), exact: true }).click();
    await page.waitForURL(/templates\/(?!new)/);
    await settled();
    await shot("act-mail-template");
    equal(await violations(page), [], "template: axe");
    equal(await leftOut(page), [], "template: what sticks out");

    await page.goto(`${url}/senders`);
    await seen(page.getByText("DMARC", { exact: true }).first());
    await page
      .getByRole("button", { name: t("mail.keys.make") })
      .first()
      .click();
    await seen(page.getByText("shirube1._domainkey.mail.invalid").last());
    await settled();
    await shot("act-mail-senders");
    equal(await violations(page), [], "senders: axe");
    equal(await leftOut(page), [], "senders: what sticks out");

    await page.goto(`${url}/broadcasts/new`);
    await page.getByLabel(t("mail.cast.name"), { exact: true }).fill("Autumn");
    await seen(page.getByText(t("mail.cast.red")));
    check(
      await page.getByRole("button", { name: t("mail.cast.send"), exact: true }).isDisabled(),
      "what is red can be sent",
    );
    await page.getByRole("button", { name: t("mail.cast.draft"), exact: true }).click();
    await page.waitForURL(/broadcasts\/(?!new)/);
    await settled();
    await shot("act-mail-broadcast");
    equal(await violations(page), [], "broadcast: axe");
    equal(await leftOut(page), [], "broadcast: what sticks out");
    await page.getByRole("button", { name: t("mail.cast.drop"), exact: true }).click();
    await page.waitForURL(url);
    await gone(page.getByText("Autumn", { exact: true }));
    await settled();
    await shot("act-mail");
    equal(await violations(page), [], "mail: axe");
    equal(await wrongWords(page, "ja", []), [], "mail: words");
  },
}));
