import { expect, it } from "vitest";
import { beyond, flank, path, ticks } from "./curve.ts";

it("finds round numbers along an axis", () => {
  expect(ticks(64, 192)).toEqual([100, 150]);
  expect(ticks(0.012, 0.031)).toEqual([0.015, 0.02, 0.025, 0.03]);
  expect(ticks(5, 5)).toEqual([]);
});

it("finds the flanks of a hill", () => {
  const xs = [0, 1, 2, 3, 4];
  const hill = [0, 5, 10, 5, 0];
  expect(flank(xs, hill, 0.6, "left")).toEqual({ x: 1, y: 5 });
  expect(flank(xs, hill, 0.2, "right")).toEqual({ x: 4, y: 0 });
});

it("cuts a curve at a place", () => {
  const line = [
    { x: 0, y: 0 },
    { x: 2, y: 2 },
    { x: 4, y: 0 },
  ];
  expect(path(beyond(line, 3, "right"))).toBe("M3.0 1.0L4.0 0.0");
  expect(path(beyond(line, 1, "left"))).toBe("M0.0 0.0L1.0 1.0");
  expect(beyond(line, 9, "right")).toEqual([]);
});
