// Every screen, in both languages, wide and on a phone: pictures, nothing that jumps after it came,
// nothing that sticks out, no word of another language, no violation that axe-core finds. One visit
// does all of it, because opening a screen costs more than looking at it.

import { violations } from "../lib/axe.mjs";
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

export const tests = LOOKS.flatMap((look) =>
  screens.map((screen) => ({
    name: `${screen.name}, ${look.lang}, ${look.size}`,
    look,
    shared: true,
    run: (tools) => visit(screen, look, tools),
  })),
);

async function visit(screen, { lang, size }, { page, shot, rooms, allow, settled }) {
  const troubles = [];
  const note = (where, found) => {
    if (found.length > 0) troubles.push(`${where}: ${found.slice(0, 5).join(" | ")}`);
  };
  if (screen.refused) allow(screen.refused);
  await screen.open({ page, rooms, lang, t: say(lang) });
  await settled();
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
