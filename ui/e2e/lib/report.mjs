// The web's numbers of the demo: its single visits come in while it already answers.

import { ask } from "./api.mjs";
import { check, eventually, seen } from "./expect.mjs";

/** Two demos at once bring in a month of visits each, beside whatever else the machine does. */
const LONG = 180_000; // ms

/** Waits until the demo's visits of four weeks are all there. */
export async function visitsReady(base, ws) {
  const call = ask(base);
  let before = -1;
  await eventually(async () => {
    const { totals } = await call("GET", `/api/workspaces/${ws}/measure/visits?compare=none`);
    const same = totals.visits === before;
    before = totals.visits;
    if (!same) await new Promise((resume) => setTimeout(resume, 700));
    check(same && before > 1000, `${before} visits are there`);
  }, LONG);
  return before;
}

/** The overview with its numbers drawn. */
export async function overviewReady(page, t) {
  await seen(page.getByRole("list", { name: t("overview.figures") }));
  await seen(page.getByRole("region", { name: t("report.field.channel") }).getByRole("table"));
}
