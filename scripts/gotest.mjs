// Turns `go test -json` on standard input into a readable report: a line per package, the
// output of what failed, the reason of what was skipped, and the closing line that
// scripts/test.sh adds up. With --logs the output of every test is shown (benchmarks of gates).
//
// A test with subtests counts through them, so that a table of forty cases is forty.
import { createInterface } from "node:readline";

const showLogs = process.argv.includes("--logs");
const packages = new Map();

function packageOf(name) {
  if (!packages.has(name)) packages.set(name, { tests: new Map(), output: [], action: "", elapsed: 0 });
  return packages.get(name);
}

function testOf(pack, name) {
  if (!pack.tests.has(name)) pack.tests.set(name, { output: [], action: "", leaf: true });
  const slash = name.lastIndexOf("/");
  if (slash > 0) testOf(pack, name.slice(0, slash)).leaf = false;
  return pack.tests.get(name);
}

for await (const line of createInterface({ input: process.stdin })) {
  let event;
  try {
    event = JSON.parse(line);
  } catch {
    console.log(line); // what the go command itself says comes as plain text
    continue;
  }
  const pack = packageOf(event.Package ?? event.ImportPath?.split(" ")[0] ?? "?");
  const target = event.Test ? testOf(pack, event.Test) : pack;
  if (event.Action === "output" || event.Action === "build-output") target.output.push(event.Output);
  if (["pass", "fail", "skip"].includes(event.Action)) {
    target.action = event.Action;
    if (!event.Test) pack.elapsed = event.Elapsed ?? 0;
  }
  if (event.Action === "build-fail") pack.action = "fail";
}

const noise = /^\s*(=== (RUN|PAUSE|CONT|NAME)|--- (PASS|SKIP))/;
const spoken = (output) => output.filter((text) => !noise.test(text)).join("").trimEnd();

const total = { passed: 0, failed: 0, skipped: 0 };
for (const [name, pack] of [...packages].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const count = { pass: 0, fail: 0, skip: 0 };
  const failures = [];
  const skips = [];
  for (const [test, result] of pack.tests) {
    // No verdict means that the process died in the middle of the test.
    const action = result.action || "fail";
    const childFailed = [...pack.tests].some(
      ([other, child]) => other.startsWith(`${test}/`) && !["pass", "skip"].includes(child.action),
    );
    const counts = result.leaf || (action === "fail" && !childFailed);
    if (counts) count[action]++;
    if (counts && action === "fail") failures.push([test, spoken(result.output)]);
    if (action === "skip" && result.leaf) skips.push([test, spoken(result.output)]);
    if (showLogs && action === "pass" && spoken(result.output)) console.log(`${test}\n${spoken(result.output)}`);
  }
  if (pack.action === "fail" && count.fail === 0) count.fail = 1; // did not build, or died outside a test
  total.passed += count.pass;
  total.failed += count.fail;
  total.skipped += count.skip;
  if (pack.tests.size === 0 && pack.action !== "fail") continue;
  const short = name.replace(/^github\.com\/[^/]+\/[^/]+\/?/, "./");
  console.log(`${pack.action === "fail" ? "FAIL" : "ok  "} ${short}  ${count.pass} passed, ${count.fail} failed, ${count.skip} skipped  ${pack.elapsed.toFixed(1)} s`);
  for (const [test, output] of failures) console.log(`  FAILED ${test}\n${indent(output)}`);
  for (const [test, output] of skips) console.log(`  skipped ${test}: ${output.replace(/\s+/g, " ").trim()}`);
  if (pack.action === "fail") console.log(indent(pack.output.join("").trimEnd()));
}

function indent(text) {
  return text.replace(/^/gm, "    ");
}

console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
