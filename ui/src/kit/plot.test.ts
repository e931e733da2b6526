import { describe, expect, it } from "vitest";
import { area, line, movingMean, plot } from "./plot.ts";

const xs = [0, 1, 2, 3];

describe("plot", () => {
  it("starts at zero unless the values stay far from it", () => {
    expect(plot({ xs, series: [[1, 2, 3, 10]], width: 100, height: 100 }).low).toBe(0);
    expect(plot({ xs, series: [[90, 95, 92, 100]], width: 100, height: 100 }).low).toBeGreaterThan(
      80,
    );
    expect(plot({ xs, series: [[90, 95, 92, 100]], width: 100, height: 100, zero: true }).low).toBe(
      0,
    );
  });
  it.each([
    [[]],
    [[[null, null]]],
    [[[5, 5, 5]]],
    [[[0, 0]]],
    [[[-3, -1]]],
  ])("stays finite for %j", (series) => {
    const p = plot({ xs, series, width: 100, height: 100 });
    for (const v of [p.low, p.high, p.x(1), p.y(1), ...p.xs]) expect(Number.isFinite(v)).toBe(true);
  });
});

it("breaks the line where a day is missing", () => {
  const p = plot({ xs, series: [[1, 2, 3, 4]], width: 30, height: 46 });
  expect(line(p, [1, null, 3, 4]).match(/M/g)?.length).toBe(2);
});

it("draws a band only where both ends are known", () => {
  const p = plot({ xs, series: [[0, 4]], width: 30, height: 46 });
  expect(area(p, [1, null, null, null], [2, null, null, null])).toBe("");
  expect(area(p, [null, 1, 1, null], [null, 2, 2, null])).toMatch(/^M.*Z$/);
});

it("means over a week skip missing days", () => {
  expect(movingMean([2, null, 4], 7)).toEqual([2, null, 3]);
});
