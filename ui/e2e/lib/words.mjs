// The words of the screens, from the dictionary the screens themselves use: a test says what it
// looks for by key, and a reworded button does not break it.

import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const i18n = (name) => fileURLToPath(new URL(`../../src/i18n/${name}`, import.meta.url));
const load = async (name) => (await runnerImport(i18n(name), { logLevel: "error" })).module;

const [{ ja }, { en }, { formatIn }] = await Promise.all([
  load("ja/index.ts"),
  load("en/index.ts"),
  load("format.ts"),
]);
const dictionaries = { ja, en };

/** `say("ja")("map.search")`; a key or a {name} that does not exist is an error of the test. */
export function say(lang) {
  return (key, values = {}) => {
    const sentence = dictionaries[lang][key];
    if (sentence === undefined) throw new Error(`the dictionary has no "${key}"`);
    return sentence.replace(/\{(\w+)\}/g, (_, name) => {
      if (!(name in values)) throw new Error(`"${key}" asks for {${name}}`);
      return String(values[name]);
    });
  };
}

/** Days and numbers as the screens write them. */
export const format = formatIn;

/** The keys of the dictionary, to find one that is shown instead of its sentence. */
export const keys = Object.keys(ja);
