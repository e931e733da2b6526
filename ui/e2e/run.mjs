// Runs the browser tests against a demo it starts itself and closes with one line:
// N passed, N failed, N skipped. Pictures lie in build/screens as name.language.size.theme.png.
//
//   node e2e/run.mjs               everything
//   node e2e/run.mjs golden map    tests whose "file: name" contains one of the words
//
// SHIRUBE_BIN and SHIRUBE_CHROMIUM name other programs than build/shirube and /usr/bin/chromium.

import { mkdir, readdir, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, newVisitor } from "./lib/browser.mjs";
import { startDemo } from "./lib/demo.mjs";
import { furnish } from "./lib/furnish.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pictures = join(root, "build/screens");
const binary = process.env.SHIRUBE_BIN || join(root, "build/shirube");
const LONGEST = 90_000; // ms for one test; far above what any needs

const wanted = process.argv.slice(2);
const all = await loadTests();
const chosen = all.filter(
  ({ title }) => wanted.length === 0 || wanted.some((word) => title.includes(word)),
);

await mkdir(pictures, { recursive: true });
if (wanted.length === 0) await forgetPictures();

// Two demos: in one the tests write, the other stays as it was furnished, for the pictures.
const demos = {
  written: await startDemo(binary, join(root, "build/e2e/written.log")),
  shown: await startDemo(binary, join(root, "build/e2e/shown.log")),
};
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
const rooms = await furnish(demos.shown.base);
const browser = await launch();

let passed = 0;
const again = []; // those that failed beside others
const failures = [];
const queue = [...chosen];
await Promise.all(
  Array.from({ length: Math.min(2, availableParallelism()) }, () =>
    worker((test, result) => again.push({ test, result })),
  ),
);
// On a machine that is short of breath a test may run out of patience. It gets a second try,
// alone; a test that needed it is named at the end, so that nobody overlooks it.
const unsteady = [];
queue.push(...again.map(({ test }) => test));
await worker(keepFailure);
for (const { test, result } of again)
  if (!failures.some(({ title }) => title === test.title)) unsteady.push({ ...test, ...result });
await browser.close();

for (const [name, demo] of Object.entries(demos))
  for (const line of await demo.stop())
    keepFailure({ title: `server (${name}): logs no errors` }, { seconds: "0", troubles: [line] });
for (const { title, seconds, troubles } of unsteady) tell("unsteady", title, seconds, troubles);
for (const { title, seconds, troubles } of failures) tell("FAILED", title, seconds, troubles);
console.log(`\n${passed} passed, ${failures.length} failed, 0 skipped`);
process.exitCode = failures.length > 0 ? 1 : 0;

/** Runs what waits; `onFailure(test, {seconds, troubles})` hears of what failed. */
async function worker(onFailure) {
  const kept = new Map();
  for (let test = queue.shift(); test; test = queue.shift()) await runOne(test, kept, onFailure);
  for (const one of kept.values()) await one.close();
}

/** `kept` holds this worker's visitors for the tests that only look and so may share one. */
async function runOne(one, kept, onFailure) {
  const { title, test, demo } = one;
  const begun = Date.now();
  const look = { lang: "ja", size: "wide", theme: "light", ...test.look };
  const { base } = demos[demo];
  const visitors = [];
  const troubles = [];
  async function visitor(wish = {}) {
    const one = await newVisitor(browser, base, { ...look, ...wish });
    visitors.push(one);
    return one;
  }
  async function sharedVisitor() {
    const key = JSON.stringify([demo, look]);
    if (!kept.has(key)) kept.set(key, await newVisitor(browser, base, look));
    const one = kept.get(key);
    await one.nextPage();
    visitors.push(one);
    return one;
  }
  try {
    const { page, allow, allowOrigin, settled } = await (test.shared ? sharedVisitor() : visitor());
    const shot = (name, wish = {}) => takeShot(wish.page ?? page, name, { ...look, ...wish });
    const tools = {
      page,
      base,
      shot,
      lang: look.lang,
      allow,
      allowOrigin,
      settled,
      visitor,
      rooms,
    };
    await within(LONGEST, test.run(tools));
  } catch (error) {
    troubles.push(error.stack ?? String(error));
    for (const [n, { page }] of visitors.entries()) await takeFailed(page, title, n);
  }
  for (const one of visitors) {
    if (!test.shared) await one.close();
    troubles.push(...one.complaints());
  }
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  if (troubles.length > 0) {
    tell("failed", title, seconds, troubles);
    return onFailure(one, { seconds, troubles });
  }
  passed++;
  tell("ok", title, seconds, []);
}

function keepFailure({ title }, { seconds, troubles }) {
  failures.push({ title, seconds, troubles });
}

function tell(verdict, title, seconds, troubles) {
  console.log(`${verdict.padEnd(8)} ${seconds.padStart(5)} s  ${title}`);
  for (const trouble of troubles) console.log(trouble.replace(/^/gm, "    "));
}

async function takeShot(page, name, { lang, size, theme }) {
  const path = join(pictures, `${name}.${lang}.${size}.${theme}.png`);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
}

/** What the page looked like when its test failed; a page that is gone cannot be pictured. */
async function takeFailed(page, title, n) {
  const name = `${title.replace(/[^\p{L}\p{N}]+/gu, "-")}.${n}.png`;
  await page.screenshot({ path: join(pictures, "failed", name) }).catch(() => {});
}

function within(ms, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${ms / 1000} s`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function loadTests() {
  const folder = new URL("./specs/", import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".mjs")).sort();
  const specs = await Promise.all(files.map((name) => import(new URL(name, folder).href)));
  return specs.flatMap((spec, i) =>
    spec.tests.map((test) => ({
      title: `${files[i].replace(".mjs", "")}: ${test.name}`,
      test,
      demo: spec.demo ?? "written",
    })),
  );
}

/** A picture of a screen that no longer exists must not stay. */
async function forgetPictures() {
  await rm(join(pictures, "failed"), { recursive: true, force: true });
  for (const name of await readdir(pictures))
    if (/\.(ja|en)\.(wide|laptop|phone)\.(light|dark)\.png$/.test(name))
      await rm(join(pictures, name));
}
