// Whether a screen speaks one language: on English screens Japanese stands only where it is the
// team's own data, and no screen shows the name of a sentence, a hole in it, or a number that is
// none.

import { ask } from "./api.mjs";
import { keys } from "./words.mjs";

const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}ー]/u;
const HOLE = /\{[a-z]\w*\}|\bundefined\b|\bNaN\b|\bInfinity\b|\[object |\bnull\b/;
const KEYS = new Set(keys);

/** What is wrong with a screen's words; `own` is what the team itself wrote in Japanese. */
export async function wrongWords(page, lang, own) {
  const said = await everyText(page);
  if (said.length === 0) return ["the screen says nothing"];
  const wrong = said.filter((text) => KEYS.has(text) || HOLE.test(text));
  if (lang === "ja") return wrong;
  // The longest first: 採用 stands within many a name of the team's.
  const theirs = own.toSorted((a, b) => b.length - a.length);
  // A single letter is the first one of somebody's name.
  const left = said.filter(
    (text) =>
      [...text].length > 1 &&
      JAPANESE.test(theirs.reduce((rest, word) => rest.replaceAll(word, ""), text)),
  );
  return [...wrong, ...left];
}

/** All that is read on a screen: texts, and what is read aloud or shown on hover. */
function everyText(page) {
  return page.evaluate(() => {
    const found = new Set([document.title]);
    // A language names itself, and the model's text is the team's own.
    const counts = (element) =>
      element?.closest("[lang]") === document.documentElement &&
      !element.closest("script, style, noscript, .cm-content");
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (counts(node.parentElement)) found.add(node.textContent.trim());
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      for (const element of document.querySelectorAll(`[${name}]`))
        if (counts(element)) found.add(element.getAttribute(name).trim());
    found.delete("");
    return [...found];
  });
}

/** Names, definitions, owners, columns …: every piece of Japanese in the models and files. */
export async function ownWords(base, ws) {
  const call = ask(base);
  const words = new Set();
  const { workspaces } = await call("GET", "/api/workspaces");
  for (const { slug, name } of workspaces) {
    words.add(name);
    const { yaml } = await call("GET", `/api/workspaces/${slug}/model`);
    // The scalars of the file: what stands between its signs, and the same without its commas.
    for (const line of yaml.split("\n"))
      for (const part of line.replace(/\s#.*$/, "").split(/: |[{}[\]"]|^\s*- /))
        for (const piece of [part, ...part.split(",")]) words.add(piece.trim().replace(/。$/, ""));
    const { members } = await call("GET", `/api/workspaces/${slug}/members`);
    for (const one of members) words.add(one.name).add(one.department);
    const { versions } = await call("GET", `/api/workspaces/${slug}/versions`);
    for (const { note } of versions) words.add(note);
  }
  const { indicators } = await call("GET", `/api/workspaces/${ws}/map?lang=en`);
  for (const { id } of indicators) {
    const { breakdown } = await call("GET", `/api/workspaces/${ws}/indicators/${id}?lang=en`);
    for (const { dimension, values } of breakdown)
      for (const text of [dimension, ...values.map((one) => one.name)]) words.add(text);
  }
  // Longer ones first, so that no piece is cut out of another.
  return [...words].filter((word) => JAPANESE.test(word)).sort((a, b) => b.length - a.length);
}
