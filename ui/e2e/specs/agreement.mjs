// Agreement: each says the goal in their own words before seeing the others'; the words are
// signed, and lapse when the goal becomes another.

import { newWorkspace } from "../lib/api.mjs";
import { violations } from "../lib/axe.mjs";
import { check, equal, gone, seen } from "../lib/expect.mjs";
import { say } from "../lib/words.mjs";

const t = say("ja");

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
    name: "the goal is said in one's own words, read while typed, and signed",
    async run({ page, base }) {
      const ws = await newWorkspace(base, "そろえるチーム");
      await page.goto(`/w/${ws}/share/agreement`);
      await page.getByLabel(t("agreement.amount")).fill("20件増やす");
      await seen(page.getByText("いくつ増やすかではなく", { exact: false }));
      await page.getByLabel(t("agreement.amount")).fill("月8件");
      await page.getByLabel(t("agreement.deadline")).fill("2027年3月末");
      await seen(page.getByText("月8件にする、と読みました", { exact: false }));
      await page.getByRole("button", { name: t("agreement.say"), exact: true }).click();
      await seen(page.getByRole("heading", { name: t("agreement.side") }));
      await seen(page.getByRole("table").getByText("月8件"));
      await page.getByRole("button", { name: t("agreement.ask"), exact: true }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /人に頼む/ })
        .click();
      await gone(page.getByRole("dialog"));
      // Asked anew, it is written anew.
      await page.getByLabel(t("agreement.amount")).fill("年100件");
      await page.getByRole("button", { name: t("agreement.say"), exact: true }).click();
      await page.getByRole("button", { name: t("agreement.propose"), exact: true }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: t("agreement.propose.do") })
        .click();
      await page.getByRole("button", { name: t("agreement.sign"), exact: true }).click();
      await seen(page.getByRole("button", { name: t("agreement.withdraw"), exact: true }));
      await page.getByText(/これまでの記録/).click();
      await seen(page.getByText("が署名しました", { exact: false }));
    },
  },
  ...["wide", "phone"].flatMap((size) =>
    ["ja", "en"].map((lang) => ({
      name: `the words side by side are readable for everybody (${size}, ${lang})`,
      look: { size, lang, theme: size === "phone" ? "dark" : "light" },
      async run({ page, shot }) {
        await page.goto("/w/hinata/share/agreement");
        await seen(page.getByRole("heading", { name: say(lang)("agreement.side") }));
        await fits(page);
        equal(await violations(page), [], "the page");
        await shot("agreement");
      },
    })),
  ),
];
