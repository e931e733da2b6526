// A walk as a person takes it, and what it costs them: screens, fields, clicks, letters, and the
// text there is to read. The seconds are the keystroke-level model's (Card, Moran and Newell 1983);
// of the text on a page people read at most 28 % (Weinreich and others 2008, by Nielsen's count).

const POINT_AND_CLICK = 1.1 + 0.2; // s
const THINK = 1.35; // s before every act
const KEY = 0.28; // s, somebody who types with two fingers and looks up
const KEYS_A_LETTER = 2.5; // かな and 漢字 are typed as Latin letters, then turned; those need one key
const LETTERS_READ = { ja: 8, en: 20 }; // a second
const READ_OF_ALL = 0.28;

/**
 * The text for the eye: what stands there for screen readers alone is not read twice, and of a closed
 * list only what is chosen.
 */
function seenText(main) {
  const aside = [...main.querySelectorAll(".sr")].map((one) => [one, one.style.display]);
  for (const [one] of aside) one.style.display = "none";
  const closed = new Set(
    [...main.querySelectorAll("option")].filter((one) => !one.selected).map((one) => one.text),
  );
  const text = main.innerText
    .split("\n")
    .filter((line) => !closed.has(line.trim()))
    .join("\n");
  for (const [one, display] of aside) one.style.display = display;
  return text;
}

/** Begins a walk on a page, in a language. */
export function beginWalk(page, lang) {
  const begun = Date.now();
  const cost = { screens: 0, fields: 0, clicks: 0, letters: 0, keys: 0, read: 0 };
  const known = new Set();
  return {
    /** A screen the walk comes to: what was not read before is read. */
    async arrive() {
      cost.screens++;
      const lines = (await page.locator("main").first().evaluate(seenText)).split("\n");
      for (const line of lines) {
        if (known.has(line)) continue;
        known.add(line);
        cost.read += line.length;
      }
    },
    async press(what) {
      cost.clicks++;
      await what.click();
    },
    async write(what, text) {
      cost.fields++;
      cost.letters += text.length;
      for (const letter of text) cost.keys += letter < "\u0100" ? 1 : KEYS_A_LETTER;
      await what.fill(text);
    },
    /** Opens the chooser, finds the files, takes them. */
    async choose(what, files) {
      cost.clicks += 1 + files.length;
      await what.setInputFiles(files);
    },
    /** What it took: the counts, the machine's seconds, and a person's; `slow` reads every word. */
    end() {
      const machine = (Date.now() - begun) / 1000;
      const acts = cost.clicks + cost.fields;
      const hands = acts * (THINK + POINT_AND_CLICK) + cost.keys * KEY;
      const all = cost.read / LETTERS_READ[lang];
      return { ...cost, machine, person: hands + READ_OF_ALL * all, slow: hands + all };
    },
  };
}
