// The map as a reader meets it.

import { seen } from "./expect.mjs";
import { say } from "./words.mjs";

/** The button that opens an indicator: on its card, or on the phone its line. */
export function card(page, name) {
  // What a card says aloud begins with the indicator's name.
  const begins = new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}[、,]`);
  return page.getByRole("button", { name: begins });
}

/** The drawer beside the map. */
export function drawer(page, name) {
  return page.getByRole("complementary", { name });
}

/** Opens a workspace's map and waits until its cards are there. */
export async function openMap(page, ws, { lang = "ja", query = "" } = {}) {
  await page.goto(`/w/${ws}/map${query}`);
  await mapReady(page, lang);
}

export async function mapReady(page, lang = "ja") {
  const tree = page.getByRole("group", { name: say(lang)("map.tree") });
  await seen(tree.locator("[data-card]").first());
}

/** The text of an indicator's card. */
export function cardText(page, id) {
  return page.locator("article", { has: page.locator(`[data-card="${id}"]`) });
}

/** Where the keyboard is on the map. */
export function focusedCard(page) {
  return page.evaluate(() => document.activeElement?.dataset?.card ?? null);
}

/** How large the map is drawn. */
export function mapScale(page, lang = "ja") {
  return page.getByRole("group", { name: say(lang)("map.tree") }).evaluate((tree) => {
    const drawn = tree.querySelector('[style*="scale("]');
    return Number(/scale\(([\d.]+)\)/.exec(drawn?.getAttribute("style") ?? "")?.[1]);
  });
}
