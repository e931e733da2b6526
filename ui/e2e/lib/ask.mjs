// The ask screen as a reader meets it.

import { gone, seen } from "./expect.mjs";

/** Waits until findings, sliders and the outlook are there, and the links are measured. */
export async function askReady(page, t) {
  await seen(page.getByRole("article").first());
  await seen(page.getByRole("slider").first());
  await seen(page.getByText(t("whatif.chance"), { exact: true }));
  await gone(page.getByText(t("ask.computing")));
}

/** The chance of success with the plan, as it is written. */
export function chance(page, t) {
  return page.locator("dl > div", { hasText: t("whatif.chance") }).locator("b");
}
