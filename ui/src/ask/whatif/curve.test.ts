import { expect, it } from "vitest";
import { flank, path, ticks } from "./curve.ts";

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

it("draws a smooth line", () => {
  const hill = [0, 5, 0].map((y, x) => ({ x, y }));
  expect(path(hill)).toBe("M0.0 0.0Q1.0 5.0 1.5 2.5L2.0 0.0");
  expect(path(hill.slice(0, 1))).toBe("");
});
