// Leads are worked through and taken back; a card of points is changed beside what it would
// do. The sample's sales office has the people for it.

import { violations } from "../lib/axe.mjs";
import { check, equal, eventually } from "../lib/expect.mjs";
import { say } from "../lib/words.mjs";

const t = say("ja");
const ACT = "/w/hinata-sales/act";

async function firstCard(page, base) {
  const reply = await page.request.get(`${base}/api/workspaces/hinata-sales/score-cards`);
  return (await reply.json()).cards[0].id;
}

export const tests = [
  {
    name: "a lead is noted as not now with a reason, and that is taken back",
    async run({ page }) {
      await page.goto(ACT);
      const open = page.locator("li", { has: page.locator("[aria-expanded=true]") });
      const who = await open.locator("b").first().textContent();
      await open.getByRole("button", { name: t("leads.notNow") }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: t("leads.notNow.budget") }).click();
      await dialog.getByRole("button", { name: t("leads.notNow.say") }).click();
      await eventually(async () => (await open.locator("b").first().textContent()) !== who);
      await page.getByRole("button", { name: t("leads.undo") }).click();
      await eventually(async () => (await open.locator("b").first().textContent()) === who);
      // Arrows walk from person to person, Enter opens.
      await open.locator("[aria-expanded]").focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await eventually(async () => (await open.locator("b").first().textContent()) !== who);
    },
  },
  {
    name: "a notice leads to the one it is about",
    async run({ page, base }) {
      const reply = await page.request.get(`${base}/api/workspaces/hinata-sales/leads`);
      const second = (await reply.json()).leads[1];
      await page.goto(`${ACT}?lead=${second.id}`);
      const open = page.locator("li", { has: page.locator("[aria-expanded=true]") });
      await eventually(async () =>
        check((await open.innerText()).includes(second.name), "somebody else is open"),
      );
    },
  },
  {
    name: "learned points go into a card and out of it again before anything is saved",
    async run({ page, base }) {
      await page.goto(`${ACT}/scores/${await firstCard(page, base)}`);
      await page.getByRole("tab", { name: t("scores.tab.learned") }).click();
      await page.getByRole("button", { name: t("scores.learned.adopt") }).click();
      const discard = page.getByRole("button", { name: t("scores.discard") });
      await discard.waitFor();
      await discard.click();
      await discard.waitFor({ state: "detached" });
    },
  },
  ...["wide", "phone"].flatMap((size) =>
    ["ja", "en"].map((lang) => ({
      name: `leads and points are readable for everybody (${size}, ${lang})`,
      look: { size, lang, theme: size === "phone" ? "dark" : "light" },
      async run({ page, base, shot }) {
        await page.goto(ACT);
        await page.locator("[aria-expanded=true]").waitFor();
        equal(await violations(page), [], "leads");
        await shot("leads");
        await page.goto(`${ACT}/scores/${await firstCard(page, base)}`);
        await page.getByRole("table").first().waitFor();
        equal(await violations(page), [], "a card of points");
        await shot("score-card");
        check(
          await page.evaluate(
            () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
          ),
          "nothing sticks out at the side",
        );
      },
    })),
  ),
];
