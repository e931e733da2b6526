// Every screen, in both languages, wide and on a phone: pictures, nothing that jumps after it came,
// nothing that sticks out, no word of another language, no violation that axe-core finds. One visit
// does all of it, because opening a screen costs more than looking at it.

import { violations } from "../lib/axe.mjs";
import { check, equal, eventually } from "../lib/expect.mjs";
import { wrongWords } from "../lib/language.mjs";
import { leftOut, overlaps, shifts } from "../lib/measure.mjs";
import { screens } from "../lib/screens.mjs";
import { say } from "../lib/words.mjs";

export const demo = "shown";

const STILL = 0.05; // the sum of shifts that nobody notices

const LOOKS = [
  { lang: "ja", size: "wide" },
  { lang: "en", size: "wide" },
  { lang: "ja", size: "phone" },
  { lang: "en", size: "phone" },
];

export const tests = [
  ...LOOKS.flatMap((look) =>
    screens.map((screen) => ({
      name: `${screen.name}, ${look.lang}, ${look.size}`,
      look,
      shared: true,
      run: (tools) => visit(screen, look, tools),
    })),
  ),
  { name: "every address there is was among them", shared: true, run: allVisited },
];

/** Where the visits led, and how many there were. */
const visits = { begun: 0, ended: 0, led: new Set() };

async function visit(screen, look, tools) {
  visits.begun++;
  try {
    await looked(screen, look, tools);
  } finally {
    visits.ended++;
  }
}

/** A page that nobody added to the list of screens would be looked at by nobody. */
async function allVisited({ page }) {
  await eventually(() => visits.begun === visits.ended);
  if (visits.begun < screens.length * LOOKS.length) return; // only some were asked for
  await page.goto("/goals");
  const addresses = await page.evaluate(() =>
    Object.values(window.__TSR_ROUTER__.routesById)
      .filter(({ options, children }) => options.component && !children)
      .map(({ fullPath }) => fullPath),
  );
  check(addresses.length > 50, `the router tells of ${addresses.length} addresses`);
  // The first address leads on to another.
  const left = addresses.filter((one) => one !== "/" && !visits.led.has(one));
  equal(left, [], "addresses that no screen leads to");
}

async function looked(screen, { lang, size }, { page, shot, rooms, allow, settled }) {
  const troubles = [];
  const note = (where, found) => {
    if (found.length > 0) troubles.push(`${where}: ${found.slice(0, 5).join(" | ")}`);
  };
  if (screen.refused) allow(screen.refused);
  await screen.open({ page, rooms, lang, t: say(lang) });
  await settled();
  visits.led.add(await page.evaluate(() => window.__TSR_ROUTER__.state.matches.at(-1).fullPath));
  await shot(screen.name);
  const { sum, from } = await shifts(page);
  if (sum >= STILL) note(`things jump by ${sum.toFixed(3)}`, from);
  if (lang === "ja" || size === "wide") note("axe", await violations(page));
  note("sticks out", await leftOut(page));
  note("overlap", await overlaps(page));
  const spoken = screen.theirs ? "ja" : lang;
  note("words", await wrongWords(page, spoken, [...rooms.own, ...(screen.own ?? [])]));

  if (size === "phone") {
    await page.setViewportSize({ width: 320, height: 844 });
    note("sticks out at 320 px", await leftOut(page));
    note("overlap at 320 px", await overlaps(page));
    await page.setViewportSize({ width: 390, height: 844 });
  } else if (screen.laptop) {
    await page.setViewportSize({ width: 1440, height: 757 });
    await shot(screen.name, { size: "laptop" });
    note("sticks out on a laptop", await leftOut(page));
  }

  // The same structure in other colours: once wide, once on a phone.
  if (lang === "ja" ? size === "wide" : size === "phone") {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.locator("html[data-theme=dark]").waitFor({ state: "attached" });
    note("axe in the dark", await violations(page, ["color-contrast"]));
    if (screen.dark) await shot(screen.name, { theme: "dark" });
  }
  if (troubles.length > 0) throw new Error(troubles.join("\n"));
}
