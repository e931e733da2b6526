// A review is begun, its items are settled, and it reads like minutes afterwards; what the team
// watches is chosen on the map.

import { newWorkspace } from "../lib/api.mjs";
import { violations } from "../lib/axe.mjs";
import { check, equal, gone, seen } from "../lib/expect.mjs";
import { mapReady } from "../lib/map.mjs";
import { say } from "../lib/words.mjs";

const t = say("ja");

export const tests = [
  {
    name: "a review is planned, held and closed, and its decision is a version of the map",
    async run({ page, base }) {
      const ws = await newWorkspace(base, "点検するチーム");
      await page.goto(`/w/${ws}/share/reviews`);
      await page.getByRole("button", { name: t("reviews.plan.make") }).click();
      await page.getByRole("button", { name: t("reviews.plan.save") }).click();
      await seen(page.getByText("毎月第1月曜日の10:00から60分"));

      await page.getByRole("link", { name: t("reviews.agenda") }).click();
      await page.getByLabel(t("reviews.wish")).fill("クリック率の目標は高すぎないか");
      await page.getByRole("button", { name: t("reviews.wish.do") }).click();
      await seen(page.getByRole("heading", { name: "クリック率の目標は高すぎないか" }));

      await page.getByRole("button", { name: t("reviews.begin") }).click();
      const item = page
        .getByRole("listitem")
        .filter({ has: page.getByRole("heading", { name: "クリック率の目標は高すぎないか" }) });
      await item.getByRole("button", { name: t("reviews.kind.change-target") }).click();
      await item
        .getByLabel(t("reviews.about"), { exact: true })
        .selectOption({ label: "クリック率" });
      await item.getByRole("textbox", { name: /新しい目標/ }).fill("1.3");
      await seen(item.getByText(t("reviews.trial", { before: 1, after: 2 })));
      await item
        .getByLabel(t("reviews.why"), { exact: true })
        .fill("秋は表示が増えて率が下がるため");
      const decide = item.getByRole("button", { name: t("reviews.decide"), exact: true });
      await decide.click();
      await gone(decide); // the words stand in the form before
      await seen(item.getByText("秋は表示が増えて率が下がるため"));

      await page.getByRole("button", { name: t("reviews.end") }).click();
      await seen(page.getByText(t("reviews.state.closed"), { exact: true }));
      await seen(page.getByText(t("reviews.settled", { count: 1 })));
      await page.goto(`/w/${ws}/versions`);
      await page.getByRole("link", { name: /の定期点検で決定/ }).click();
      await seen(page.getByText(t("reviews.settled", { count: 1 })));
    },
  },
  {
    name: "what the team watches is chosen on the map and flies its flag there",
    async run({ page, base }) {
      const ws = await newWorkspace(base, "注力するチーム");
      await page.goto(`/w/${ws}/map`);
      await mapReady(page);
      await page.getByRole("button", { name: t("focus.none") }).click();
      const dialog = page.getByRole("dialog", { name: t("focus.title") });
      await dialog.getByRole("checkbox", { name: /クリック率/ }).check();
      await dialog.getByRole("button", { name: t("focus.save") }).click();
      await seen(page.getByRole("button", { name: /注力 クリック率/ }));
    },
  },
  ...["wide", "phone"].flatMap((size) =>
    ["ja", "en"].map((lang) => ({
      name: `reviews are readable for everybody (${size}, ${lang})`,
      look: { size, lang, theme: size === "phone" ? "dark" : "light" },
      async run({ page, base, shot }) {
        const say_ = say(lang);
        const reply = await page.request.get(`${base}/api/workspaces/hinata/reviews`);
        const [last] = (await reply.json()).past;
        await page.goto("/w/hinata/share/reviews");
        await seen(page.getByRole("heading", { name: say_("reviews.past") }));
        equal(await violations(page), [], "the calendar of reviews");
        await shot("reviews");
        await page.goto("/w/hinata/share/reviews/next");
        await seen(page.getByRole("heading", { name: say_("reviews.followed") }));
        equal(await violations(page), [], "an agenda");
        await shot("review-next");
        await page.goto(`/w/hinata/share/reviews/${last.id}`);
        await seen(page.getByText(say_("reviews.state.closed"), { exact: true }));
        equal(await violations(page), [], "minutes");
        await shot("review-minutes");
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
