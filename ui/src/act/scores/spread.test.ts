import { expect, it } from "vitest";
import { stepsOf } from "./spread.ts";

it("counts people in steps that people count in", () => {
  expect(stepsOf([])).toEqual([]);
  expect(stepsOf([{ points: 3, people: 2 }])).toEqual([{ from: 3, to: 3, people: 2 }]);
  const steps = stepsOf([
    { points: -3, people: 1 },
    { points: 0, people: 4 },
    { points: 31, people: 2 },
  ]);
  expect(steps[0]).toEqual({ from: -5, to: -1, people: 1 });
  expect(steps[1]).toEqual({ from: 0, to: 4, people: 4 });
  expect(steps.at(-1)).toEqual({ from: 30, to: 34, people: 2 });
});
