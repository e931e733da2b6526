// An automation is begun from a template, mended where it says so, switched on and off, and
// changed while it runs; the office's own is looked at with its people, on a wide screen and
// in one hand.

import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, reads, seen } from "../lib/expect.mjs";
import { say } from "../lib/words.mjs";

const list = (base) => `${base}/w/hinata-sales/act/automations`;

async function own(page, base) {
  const reply = await page.request.get(`${base}/api/workspaces/hinata-sales/automations`);
  const { automations } = await reply.json();
  const live = automations.find((one) => one.live > 0 && one.people.length > 0);
  check(live, "the office has an automation that runs");
  return live;
}

const clean = async (page, where) => equal(await violations(page), [], `axe, ${where}`);

export const tests = [
  {
    name: "one is begun from a template, mended, switched on, changed and switched off",
    async run({ page, base, shot }) {
      const t = say("ja");
      const button = (key, values) =>
        page.getByRole("button", { name: t(key, values), exact: true });
      await page.goto(list(base));
      await page.getByRole("button", { name: t("automations.make") }).click();
      await clean(page, "the templates");
      await page.getByRole("link", { name: t("automations.template.nps") }).click();

      // It cannot be kept before it says which number it serves.
      await seen(page.getByText(t("automations.problems", { count: 1 })));
      check(await button("automations.save").isDisabled(), "it cannot be saved yet");
      await page.locator("main ul button").first().click();
      await page
        .getByLabel(t("automations.settings.kpi"))
        .selectOption({ label: "相談の申し込み数" });
      await eventually(() => button("automations.save").isEnabled());
      await clean(page, "the rules");
      await button("automations.save").click();
      await page.waitForURL((url) => !url.pathname.endsWith("/new"));
      await seen(page.getByText(t("automations.saved", { version: 1 })));

      await button("automations.turn.on").click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: t("automations.turn.on") })
        .click();
      await seen(page.getByText(t("automations.state.live")));

      // A step more, taken back and done again; the arrows walk, Delete removes.
      await page
        .getByRole("button", { name: t("automations.add"), exact: true })
        .first()
        .click();
      await page.getByRole("button", { name: t("automations.add.wait"), exact: true }).click();
      const cards = page.locator("[data-card]");
      equal(await cards.count(), 3, "cards");
      await clean(page, "a step");
      await button("automations.undo").click();
      equal(await cards.count(), 2, "cards after undo");
      await button("automations.redo").click();
      await page.locator('[data-card="trigger"]').focus();
      await page.keyboard.press("ArrowDown");
      equal(
        await page.evaluate(() => document.activeElement.dataset.card),
        "wait",
        "where the arrow leads",
      );
      await page.keyboard.press("Delete");
      equal(await cards.count(), 2, "cards after Delete");
      await button("automations.undo").click();
      await shot("act-automation-edited");
      await eventually(() => button("automations.save").isEnabled());
      await button("automations.save").click();
      await button("automations.older.turn", { version: 2 }).click();
      await seen(page.getByText(t("automations.versions.live")));

      await button("automations.turn.off").click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("radio", { name: t("automations.off.finish") }).check();
      await dialog.getByRole("button", { name: t("automations.turn.off") }).click();
      await button("automations.turn.on").waitFor();
    },
  },
  {
    name: "a second wording of a mail is added, kept, shown and taken away",
    async run({ page, base, shot }) {
      const t = say("ja");
      const api = `${base}/api/workspaces/hinata-sales`;
      const { definition } = await own(page, base);
      const steps = definition.steps.map(({ mail, ...step }) =>
        mail ? { ...step, mail: { template: mail.template } } : step,
      );
      const made = await page.request.post(`${api}/automations`, {
        headers: { origin: base },
        data: { definition: { ...definition, name: "文面を試す", steps } },
      });
      equal(made.status(), 201, "status of the automation");
      const { id } = await made.json();
      await page.goto(`${list(base)}/${id}`);
      const card = page.locator('[data-card="mail"]');
      const trying = page.getByLabel(t("automations.form.trying"));
      const save = page.getByRole("button", { name: t("automations.save"), exact: true });
      async function turn(on) {
        await card.click();
        await trying.setChecked(on);
      }

      await turn(true);
      await page.getByLabel(t("mail.cast.b")).selectOption({ label: "同じ規模の事例 費用から" });
      // The KPI is counted by the office's own form: it can tell the two apart.
      await page
        .getByLabel(t("mail.by"), { exact: true })
        .selectOption({ label: t("mail.by.kpi", { kpi: "相談の申し込み数" }) });
      await clean(page, "two wordings");
      await shot("act-automation-trying");
      await save.click();
      await seen(page.getByText(t("automations.saved", { version: 2 })));
      await page.reload();
      await reads(card, "「同じ規模の事例 費用から」をくらべる", "the step");

      await turn(false);
      await save.click();
      await seen(page.getByText(t("automations.saved", { version: 3 })));
      await page.reload();
      await reads(card, "「同じ規模の事例」", "the step with one wording");
      check(!(await card.innerText()).includes("くらべる"), "it still tries two");
    },
  },
  ...[
    { lang: "ja", size: "wide", theme: "light" },
    { lang: "en", size: "wide", theme: "dark" },
    { lang: "ja", size: "phone", theme: "light" },
    { lang: "en", size: "phone", theme: "dark" },
  ].map((look) => ({
    name: `the office's own, ${look.lang} ${look.size} ${look.theme}`,
    look,
    async run({ page, base, shot, settled }) {
      await page.goto(list(base));
      await seen(page.getByRole("heading", { level: 2 }).first());
      await settled();
      await clean(page, "the list");
      await shot("act-automations");
      const { id } = await own(page, base);
      await page.goto(`${list(base)}/${id}`);
      await page.locator("[data-card]").first().waitFor();
      await seen(page.getByText(say(look.lang)("mail.versus"), { exact: true }));
      await settled();
      await clean(page, "the flow");
      await shot("act-automation");
      check(
        await page.evaluate(
          () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
        ),
        "the page is not wider than the screen",
      );
      await page.locator("[data-card]").nth(1).click();
      await settled();
      await clean(page, "a step");
      await shot("act-automation-step");
    },
  })),
  {
    name: "what it brings is told of its KPI and carried up to the KGI",
    async run({ page, base }) {
      const { id } = await own(page, base);
      // Days are counted while the screens are open already.
      await eventually(async () => {
        const reply = await page.request.get(
          `${base}/api/workspaces/hinata-sales/automations/${id}/effect?lang=ja`,
        );
        check((await reply.json()).kgi, "the KGI is told");
      }, 60_000);
      await page.goto(`${list(base)}/${id}`);
      await seen(page.getByText("「相談の申し込み数」につながる方が100人あたり2.8人増えます"));
      await seen(page.getByText("「SNS経由の商談件数」への効き目は、月+"));
    },
  },
];
