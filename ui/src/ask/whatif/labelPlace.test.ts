import { expect, it } from "vitest";
import { labelPlace } from "./labelPlace.ts";

const BASE = 100;
/** A hill of ten pixels' step with its top at `at`. */
function hill(at: number, height = 60) {
  return Array.from({ length: 41 }, (_, i) => ({
    x: i * 10,
    y: BASE - height * Math.exp(-(((i * 10 - at) / 40) ** 2)),
  }));
}
const input = { hill: hill(200), other: [], base: BASE, long: 48, width: 400, lineX: null };

it("names a hill on its flank, on the side asked for", () => {
  expect(labelPlace({ ...input, side: "right" }).x).toBeGreaterThan(200);
  expect(labelPlace({ ...input, side: "left" }).x).toBeLessThan(200 - 48);
});

it("keeps off the edge, the target's line and the other hill", () => {
  const edge = labelPlace({ ...input, hill: hill(30), side: "left" });
  expect(edge.x).toBeGreaterThan(30);
  const line = labelPlace({ ...input, side: "left", lineX: 130 });
  expect(line.x > 132 || line.x + 48 < 128).toBe(true);
  // The other hill begins where the name would stand: it goes on top.
  const top = labelPlace({ ...input, other: hill(240), side: "right", lineX: 130 });
  expect(top).toEqual({ x: 176, y: 34 });
  const wide = { ...input, long: 100, other: hill(240), lineX: 150 };
  expect(labelPlace({ ...wide, side: "right" }).x).toBe(156);
});
