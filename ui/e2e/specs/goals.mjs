// All goals of the house on one page, each under the management goal it serves.

import { ask } from "../lib/api.mjs";
import { check, equal, reads, seen } from "../lib/expect.mjs";
import { mapReady } from "../lib/map.mjs";
import { format, say } from "../lib/words.mjs";

export const demo = "shown";

export const tests = ["ja", "en"].map((lang) => ({
  name: `every KGI stands under its management goal, in ${lang}`,
  look: { lang },
  async run({ page, base }) {
    const t = say(lang);
    const f = format(lang);
    await page.goto("/");
    await seen(page.getByRole("article").first());
    const { goals } = await ask(base)("GET", `/api/goals?lang=${lang}`);
    check(goals.length >= 2, "the demo serves two management goals");
    for (const { management_goal: goal, workspaces } of goals) {
      const group = page.locator("section", {
        has: page.getByRole("heading", { name: goal.name }),
      });
      equal(await group.getByRole("article").count(), workspaces.length, `KGIs of ${goal.name}`);
      for (const { name, kgi } of workspaces) {
        const one = group.getByRole("article").filter({ hasText: name });
        await reads(one, kgi.name, name);
        if (kgi.value !== null) await reads(one, f.short(kgi.value, kgi.unit).number, name);
        if (kgi.status !== null)
          await seen(one.getByRole("img", { name: t(`status.${kgi.status}`), exact: true }));
      }
    }
    const states = goals.flatMap((one) => one.workspaces.map(({ kgi }) => kgi.status));
    const fine = states.filter((one) => one === "met" || one === "on-pace").length;
    const late = states.filter((one) => one === "behind" || one === "missed").length;
    await seen(page.getByRole("heading", { name: summary(t, fine, late) }));

    await page.getByRole("article").first().getByRole("link").click();
    await mapReady(page, lang);
    await page.goBack();
    await page.getByRole("link", { name: t("goals.new") }).click();
    await seen(page.getByRole("heading", { name: t("start.template"), exact: true }));
  },
}));

function summary(t, fine, late) {
  if (fine > 0 && late > 0) return t("goals.summary", { fine, late });
  return fine > 0 ? t("goals.summary.fine", { fine }) : t("goals.summary.late", { late });
}
