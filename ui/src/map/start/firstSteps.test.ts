import { expect, it } from "vitest";
import type { MapReply } from "../../api/types.ts";
import { firstSteps } from "./firstSteps.ts";

function reply(amount: number | null, day: string | null, signed: number) {
  return {
    indicators: [{ target: { amount, by: "2027-03-31" } }],
    last_day: day,
    agreement: { signed },
  } as unknown as MapReply;
}

it.each([
  [reply(null, null, 0), false, "goal numbers findings agreement"],
  [reply(100, null, 0), true, "numbers findings agreement"],
  [reply(100, "2026-11-21", 0), false, "findings agreement"],
  [reply(100, "2026-11-21", 0), true, "agreement"],
  [reply(100, "2026-11-21", 2), true, ""],
])("what is left to do (%#)", (map, looked, left) => {
  const open = firstSteps(map, looked).filter((one) => !one.done);
  expect(open.map((one) => one.key).join(" ")).toBe(left);
});
