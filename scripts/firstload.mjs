// Weighs what a first visit loads: index.html, the entry with everything it imports at once, their
// styles, and the heavier one of the dictionaries, gzipped. The budget keeps heavy parts (map, charts, editor) on demand.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const budget = 250_000;
const dist = new URL("../ui/dist/", import.meta.url);
const weigh = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 6 }).length;

const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const files = new Set(["index.html"]);
const seen = new Set();

function load(key) {
  if (seen.has(key)) return;
  seen.add(key);
  const chunk = manifest[key];
  files.add(chunk.file);
  for (const style of chunk.css ?? []) files.add(style);
  for (const next of chunk.imports ?? []) load(next);
}

for (const key of Object.keys(manifest)) if (manifest[key].isEntry) load(key);

// A reader fetches the words of one language.
const dictionaries = Object.keys(manifest).filter((key) => /^src\/i18n\/\w+\/index\.ts$/.test(key));
if (dictionaries.length < 2) throw new Error("the dictionaries are not files of their own any more");
load(dictionaries.sort((a, b) => weigh(manifest[b].file) - weigh(manifest[a].file))[0]);

let total = 0;
for (const file of files) {
  const weight = weigh(file);
  total += weight;
  console.log(`${(weight / 1000).toFixed(1).padStart(8)} kB  ${file}`);
}
console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  first load, gzipped (budget ${budget / 1000} kB)`);
if (total > budget) {
  console.log("Over budget: load the new part when it is needed, with lazy(() => import(…)).");
  process.exitCode = 1;
}
