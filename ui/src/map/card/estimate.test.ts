import { expect, it } from "vitest";
import { estimated } from "./estimate.ts";

const counted = { kind: "flow", unit: "件", value: 75 } as const;

it.each([
  [counted, 63.476, 63],
  [counted, 4.44, 4.4],
  [{ ...counted, value: null }, 63.476, 63],
  [{ ...counted, value: 1.5 }, 63.476, 63.476],
  [{ kind: "rate", unit: "%", value: 0.5 } as const, 0.123456, 0.123456],
  [{ kind: "level", unit: "人", value: 5 } as const, 5.5, 5.5],
])("%j: %d is said as %d", (one, x, said) => {
  expect(estimated(one, x)).toBe(said);
});
