// What a team is told by itself: what comes next and what was told, what reaches whom, where to
// tell. The sample has a history; nothing ever leaves it.

import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, gone, seen } from "../lib/expect.mjs";
import { say } from "../lib/words.mjs";

const t = say("ja");
const ALERTS = "/w/hinata/share/alerts";

export const tests = [
  {
    name: "what was told stands in its words, and what comes next leads to the map",
    async run({ page, base }) {
      const told = await page.request.get(`${base}/api/workspaces/hinata/alerts`);
      const { told: messages } = await told.json();
      check(messages.length >= 3, "the sample was told of things");
      const old = messages.at(-1);
      await page.goto(`${ALERTS}?open=${old.id}`);
      await seen(page.getByRole("link", { name: old.lines[0].what }));
      const next = page.locator("section", {
        has: page.getByRole("heading", { name: t("alerts.next") }),
      });
      await next.getByRole("link").first().click();
      await eventually(() => !new URL(page.url()).pathname.includes("/share/"));
    },
  },
  {
    name: "what reaches oneself and the team is chosen, and stays chosen",
    async run({ page, allow }) {
      await page.goto(`${ALERTS}?view=reach`);
      const mine = page.getByRole("group", { name: t("alerts.mine") });
      const leads = mine.getByRole("checkbox", { name: t("alerts.kind.leads") });
      const keep = page.getByRole("button", { name: t("alerts.settings.keep") });
      await seen(keep);
      // A try that broke off may have left its choices behind.
      if (!(await leads.isChecked())) {
        await leads.check();
        await seen(page.getByText(t("alerts.mine.kept")));
      }
      if ((await page.getByLabel(t("alerts.morning")).inputValue()) !== "8") {
        await page.getByLabel(t("alerts.morning")).selectOption("8");
        await keep.click();
        await seen(page.getByText(t("alerts.settings.kept")));
        await eventually(() => keep.isDisabled());
      }
      await leads.uncheck();
      await seen(page.getByText(t("alerts.mine.kept")));
      equal(await keep.isDisabled(), true, "nothing to keep yet");
      await page.getByLabel(t("alerts.morning")).selectOption("9");
      await keep.click();
      await eventually(() => keep.isDisabled());
      // An hour within the quiet ones is refused in words, and not kept.
      allow(400);
      await page.getByLabel(t("alerts.morning")).selectOption("6");
      await keep.click();
      await seen(page.getByRole("alert"));
      await page.reload();
      equal(await page.getByLabel(t("alerts.morning")).inputValue(), "9", "hour of the message");
      equal(await leads.isChecked(), false, "leads are not mailed");
      await leads.check();
      await page.getByLabel(t("alerts.morning")).selectOption("8");
      await keep.click();
      await eventually(() => keep.isDisabled());
    },
  },
  {
    name: "where to tell has moved here, takes Teams, and an automation chooses from it",
    async run({ page, allow }) {
      await page.goto("/w/hinata/act/notices");
      await eventually(() => new URL(page.url()).searchParams.get("view") === "places");
      await page.getByRole("button", { name: t("notices.add") }).click();
      await page.getByRole("radio", { name: t("notices.kind.teams") }).check();
      await page.getByLabel(t("notices.name")).fill("営業のチーム");
      const address = page.getByLabel(t("notices.url"));
      await address.fill("https://example.jp/hook");
      allow(400);
      await page.getByRole("button", { name: t("notices.save") }).click();
      await seen(page.getByRole("alert"));
      await address.fill("https://prod-1.japaneast.logic.azure.com/workflows/x/triggers/manual");
      await page.getByRole("button", { name: t("notices.save") }).click();
      await gone(page.getByRole("button", { name: t("notices.save") }));
      await seen(page.getByRole("heading", { name: "営業のチーム" }));
    },
  },
  ...["wide", "phone"].flatMap((size) =>
    ["ja", "en"].map((lang) => ({
      name: `alerts are readable for everybody (${size}, ${lang})`,
      look: { size, lang, theme: size === "phone" ? "dark" : "light" },
      async run({ page, shot }) {
        for (const view of ["told", "reach", "places"]) {
          await page.goto(view === "told" ? ALERTS : `${ALERTS}?view=${view}`);
          const panel = page.getByRole("tabpanel");
          const there = {
            told: panel.getByRole("link"),
            reach: panel.getByRole("checkbox"),
            places: panel.getByRole("article"),
          };
          await seen(there[view].first());
          await seen(view === "told" ? panel.locator("section a").first() : panel);
          equal(await violations(page), [], view);
          await shot(`alerts-${view}`);
          check(
            await page.evaluate(
              () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
            ),
            `nothing sticks out at the side of ${view}`,
          );
        }
      },
    })),
  ),
];
