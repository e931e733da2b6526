// What a team undertakes: begun from a finding, written down, asked what came of it, changed
// and deleted.

import { newWorkspace } from "../lib/api.mjs";
import { violations } from "../lib/axe.mjs";
import { DEMO_DAY } from "../lib/day.mjs";
import { check, equal, eventually, gone, reads, seen } from "../lib/expect.mjs";
import { say } from "../lib/words.mjs";

const t = say("ja");
const LIST = "/w/hinata/act/initiatives";

async function fits(page) {
  check(
    await page.evaluate(
      () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
    ),
    "something sticks out at the side",
  );
}

const daysAgo = (n) =>
  new Date(Date.parse(`${DEMO_DAY}T00:00:00Z`) - n * 86_400_000).toISOString().slice(0, 10);

export const tests = [
  {
    name: "one is begun from a finding, told what came of it, changed and deleted",
    async run({ page }) {
      await page.goto("/w/hinata/ask");
      const card = page.getByRole("article").first();
      const sentence = (await card.getByRole("heading").first().innerText()).slice(0, 8);
      await card.getByRole("link", { name: t("initiatives.start") }).click();
      await seen(page.getByRole("heading", { name: t("initiatives.form.new") }));
      const field = (key) => page.getByLabel(t(key), { exact: false }).first();
      await eventually(async () =>
        (await field("initiatives.hypothesis").inputValue()).includes(sentence),
      );
      await eventually(
        async () =>
          (await page.getByRole("combobox", { name: t("initiatives.kpi") }).inputValue()) !== "",
      );
      // What is missing is told at its place, and nothing is lost.
      await field("initiatives.form.name").fill("リンクの形を元に戻す");
      await page
        .getByRole("combobox", { name: t("initiatives.form.state") })
        .selectOption("running");
      await field("initiatives.form.cost").fill("たくさん");
      await page.getByRole("button", { name: t("initiatives.save") }).click();
      await seen(page.getByText(t("initiatives.form.cost.bad")));
      await field("initiatives.form.cost").fill("１２，０００円");
      await field("initiatives.form.from").fill(daysAgo(40));
      await page.getByRole("button", { name: t("initiatives.save") }).click();
      await seen(page.getByRole("heading", { name: "リンクの形を元に戻す" }));
      await seen(page.getByText(t("initiatives.yen", { amount: "12,000" })));

      await page.getByRole("button", { name: t("initiatives.ask"), exact: true }).click();
      await seen(page.getByRole("button", { name: t("initiatives.ask.again") }));
      await seen(page.getByText(/までの数/));

      await page.getByRole("button", { name: t("initiatives.edit") }).click();
      await field("initiatives.did").fill("プロフィールのリンクを1つにした");
      await page.getByRole("button", { name: t("initiatives.save") }).click();
      await seen(page.getByText("プロフィールのリンクを1つにした"));

      await page
        .getByRole("link", { name: t("initiatives.back"), exact: true })
        .first()
        .click();
      const row = page.getByRole("article").filter({ hasText: "リンクの形を元に戻す" });
      await reads(row, t("initiatives.state.running"), "where it stands");
      await row.getByRole("link").click();
      await page.getByRole("button", { name: t("initiatives.delete"), exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: t("initiatives.delete"), exact: true }).click();
      await gone(dialog);
      await eventually(async () => (await page.getByText("リンクの形を元に戻す").count()) === 0);
    },
  },
  {
    name: "a team that undertakes nothing yet is told what will be here",
    async run({ page, base }) {
      const ws = await newWorkspace(base, "これから始めるチーム");
      await page.goto(`/w/${ws}/act/initiatives`);
      await seen(page.getByRole("heading", { name: t("initiatives.empty") }));
      equal(await violations(page), [], "the empty list");
      await page.getByRole("link", { name: t("initiatives.make") }).click();
      await seen(page.getByRole("heading", { name: t("initiatives.form.new") }));
      await page.getByRole("button", { name: t("initiatives.cancel") }).click();
      await seen(page.getByRole("heading", { name: t("initiatives.empty") }));
    },
  },
  ...["wide", "phone"].flatMap((size) =>
    ["ja", "en"].map((lang) => ({
      name: `initiatives are readable for everybody (${size}, ${lang})`,
      look: { size, lang, theme: size === "phone" ? "dark" : "light" },
      async run({ page, base, shot }) {
        const words = say(lang);
        const reply = await page.request.post(`${base}/api/workspaces/hinata/initiatives`, {
          headers: { origin: base },
          data: {
            name: `6 reels a week (${size} ${lang})`,
            hypothesis: "More reels bring more people to the site.",
            kpi: "visits",
            state: "running",
            from: daysAgo(40),
            cost: 30000,
            did: "Six reels a week since the beginning of October.",
          },
        });
        const { id } = await reply.json();
        await page.request.post(
          `${base}/api/workspaces/hinata/initiatives/${id}/estimates?lang=${lang}`,
          { headers: { origin: base } },
        );
        await page.goto(LIST);
        await seen(page.getByRole("article").first());
        await fits(page);
        equal(await violations(page), [], "the list");
        await shot("initiatives");
        await page.goto(`${LIST}/${id}`);
        await seen(page.getByRole("heading", { name: words("initiatives.result") }));
        await seen(page.getByRole("button", { name: words("initiatives.ask.again") }));
        await fits(page);
        equal(await violations(page), [], "the report");
        await shot("initiative");
        await page.getByRole("button", { name: words("initiatives.edit") }).click();
        await seen(page.getByRole("button", { name: words("initiatives.save") }));
        await fits(page);
        equal(await violations(page), [], "the form");
        await shot("initiative-form");
        await page.request.delete(`${base}/api/workspaces/hinata/initiatives/${id}`, {
          headers: { origin: base },
        });
      },
    })),
  ),
];
