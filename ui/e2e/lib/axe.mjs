// axe-core in the page, through the debugger, which the page's own policy does not bind.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = await readFile(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** What axe finds, one line per element: rule, place, what to do. `rules` narrows the search. */
export async function violations(page, rules) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  return page.evaluate(async (only) => {
    const options = {
      resultTypes: ["violations"],
      ...(only ? { runOnly: { type: "rule", values: only } } : {}),
    };
    const found = await window.axe.run(document, options);
    return found.violations.flatMap((violation) =>
      violation.nodes.map(
        (node) =>
          `${violation.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s*\n\s*/g, " ")}`,
      ),
    );
  }, rules);
}
