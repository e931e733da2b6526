// What the data say about the links: on the roads, in the drawer, ahead of today, and when asked why.

import { violations } from "../lib/axe.mjs";
import { check, equal, eventually, reads, seen } from "../lib/expect.mjs";
import { drawer, openMap } from "../lib/map.mjs";
import { format, say } from "../lib/words.mjs";

export const demo = "shown";

const WS = "hinata";

/** The links of the map once they are measured. */
async function measured(base, lang) {
  return await eventually(async () => {
    const reply = await fetch(`${base}/api/workspaces/${WS}/map?lang=${lang}`);
    const map = await reply.json();
    check(map.evidence === "ready", "the links are still being measured");
    return map.links.filter((link) => link.kind === "influence");
  });
}

const inLanguage = (lang) => ({
  name: `a link shows its proof, ${lang}`,
  look: { lang },
  async run({ page, base }) {
    const t = say(lang);
    const f = format(lang);
    const links = await measured(base, lang);
    const link = links.find((one) => one.break && one.verdict !== "moves");
    check(link, "the demo has a broken link");
    await openMap(page, WS, { lang, query: `?open=${link.to}&tab=roads` });
    const panel = page.getByRole("tabpanel");
    await reads(panel, link.sentence, "sentence");
    await reads(panel, link.label, "what the road says");
    await reads(panel, t("evidence.checked", { day: f.day(link.tested_on) }), "date of the grade");
    const names = { from: link.from_name, to: link.to_name };
    await seen(panel.getByRole("img", { name: t("evidence.lag.chart", names) }));
    await seen(
      panel.getByRole("img", {
        name: t("evidence.strength.chart", {
          ...names,
          start: f.longDay(link.strength[0].on),
          end: f.longDay(link.strength.at(-1).on),
        }),
      }),
    );
    await reads(panel, f.longDay(link.break.date), "day of the break");
    await panel.getByText(t("evidence.method.more")).first().click();
    await reads(panel, link.method, "method in full");
    equal(await violations(page), [], "axe");

    const unsettled = links.find((one) => one.proposal);
    check(unsettled, "the demo has a link that cannot be told");
    await openMap(page, WS, { lang, query: `?open=${unsettled.to}&tab=roads` });
    await reads(page.getByRole("tabpanel"), t("evidence.proposal"), "how to settle it");
    await reads(page.getByRole("tabpanel"), unsettled.proposal.sentence, "the test proposed");
  },
});

export const tests = [
  inLanguage("ja"),
  inLanguage("en"),
  {
    name: "roads say what is known: strength, standing still, broken",
    async run({ page, base, shot }) {
      const t = say("ja");
      const links = await measured(base, "ja");
      await openMap(page, WS);
      const map = page.getByRole("group", { name: t("map.tree") });
      const broken = links.find((one) => one.break && one.verdict !== "moves");
      await reads(map, format("ja").day(broken.break.date), "day on the broken road");
      await reads(map, t("map.broken"), "broken road");
      for (const link of links.filter((one) => one.verdict !== "cannot-tell" && !one.break))
        await reads(map, link.label.split("・")[0], `road from ${link.from}`);
      const tip = await map.getByTitle(broken.label).getAttribute("title");
      check(tip.includes(broken.sentence), `the tooltip says all: ${tip}`);
      equal(await page.locator("[data-road=broken]").count(), 1, "broken roads in the legend");
      await shot("map-evidence");
    },
  },
  {
    name: "what a change is made of opens what it names",
    async run({ page, base }) {
      const t = say("ja");
      await openMap(page, WS, { query: "?open=visits&tab=change" });
      const fall = page.getByRole("list", { name: t("change.chart", { name: "サイト訪問数" }) });
      await seen(fall);
      const rows = await fall.getByRole("listitem").allInnerTexts();
      check(rows[0].includes(t("change.before")), `it begins before: ${rows[0]}`);
      check(rows.at(-1).includes(t("change.after")), `it ends after: ${rows.at(-1)}`);

      await page.getByRole("button", { name: t("change.year") }).click();
      const ask = "indicator=visits&base=2025-10-26..2025-11-22&now=2026-10-25..2026-11-21";
      const reply = await fetch(`${base}/api/workspaces/${WS}/explain?lang=ja&${ask}`);
      await reads(page.getByRole("tabpanel"), (await reply.json()).sentence, "a year ago");

      await page.getByRole("button", { name: t("change.own") }).click();
      await page.getByLabel(`${t("change.after")} ${t("change.to")}`).fill("2026-01-01");
      await reads(page.getByRole("alert"), t("change.wrong"), "days the wrong way round");
      await page.getByRole("button", { name: t("change.recent") }).click();
      await fall.getByRole("button", { name: "クリック率" }).click();
      await seen(drawer(page, "クリック率"));
    },
  },
  {
    name: "the days to come stand behind the days so far",
    async run({ page, base }) {
      const t = say("ja");
      const reply = await fetch(
        `${base}/api/workspaces/${WS}/forecast?lang=ja&indicator=impressions`,
      );
      const forecast = await reply.json();
      await openMap(page, WS, { query: "?open=impressions" });
      const panel = page.getByRole("tabpanel");
      await seen(panel.getByRole("img", { name: /表示回数のこれまで/ }));
      await reads(panel, t("fan.band80"), "band");
      await reads(panel, forecast.backtest.sentence, "how such forecasts did");
      await reads(panel, format("ja").chance(forecast.p_attain), "chance");
    },
  },
];
