import { expect, it } from "vitest";
import { byDay } from "./byDay.ts";
import { isWhat, sumUp } from "./sumUp.ts";

it("tells the departments that looked from those that did not, leaving out the nameless", () => {
  const of = (name: string, active: number) => ({ name, active });
  expect(sumUp([of("経営", 1), of("営業", 0), of("", 0)])).toEqual({
    all: 2,
    looked: 1,
    silent: ["営業"],
  });
  expect(sumUp([of("", 3)])).toEqual({ all: 0, looked: 0, silent: [] });
});

it("keeps the order of entries under their days", () => {
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
  const entries = [at(22, 9), at(22, 8), at(20, 23)].map((one, id) => ({ id, at: one }));
  expect(byDay(entries).map(([day, list]) => [day, list.map((one) => one.id)])).toEqual([
    ["2026-11-22", [0, 1]],
    ["2026-11-20", [2]],
  ]);
  expect(byDay([])).toEqual([]);
});

it("knows what has words", () => {
  expect(isWhat("map")).toBe(true);
  expect(isWhat("moon")).toBe(false);
});
