import { expect, it } from "vitest";
import { spread } from "./spread.ts";

it.each([
  [
    [10, 50],
    [10, 50],
  ],
  [
    [10, 12],
    [10, 24],
  ],
  [
    [12, 10],
    [24, 10],
  ],
  [
    [95, 98],
    [86, 100],
  ],
  [[], []],
])("labels at %j stand at %j", (ys, placed) => {
  expect(spread(ys, 14, 0, 100)).toEqual(placed);
});
