import { describe, expect, it } from "vitest";
import type { Lever } from "../../api/types.ts";
import { aims, mainLevers, setsOf, wishesOf } from "./wishes.ts";

function lever(id: string, now: number, counts = true): Lever {
  return {
    id,
    name: id,
    unit: "本",
    role: "action",
    per: "週",
    now,
    low: now / 2,
    high: now * 2,
    min: now / 3,
    max: now * 3,
    limit: null,
    counts,
    note: null,
    weight: 1,
    by_itself: true,
  };
}
const levers = [lever("a", 4), lever("b", 0.02), ...["c", "d", "e", "f"].map((id) => lever(id, 1))];

describe("the sliders", () => {
  it("speak as suppositions, and only those that were moved", () => {
    expect(setsOf(levers, {})).toEqual([]);
    expect(setsOf(levers, { a: 6, b: 0.02, nobody: 3 })).toEqual(["a=*1.5"]);
    expect(setsOf(levers, { a: 4 / 3 })).toEqual(["a=*0.333333"]);
  });

  it("are put where changes say", () => {
    const changes = [
      { id: "a", relative: 0.5 },
      { id: "b", relative: null },
      { id: "gone", relative: 1 },
    ];
    expect(wishesOf(levers, changes)).toEqual({ a: 6 });
  });

  it("are few at first, and never hide one that was moved", () => {
    expect(mainLevers(levers, {}).map((one) => one.id)).toEqual(["a", "b", "c"]);
    expect(mainLevers(levers, { f: 2 }).map((one) => one.id)).toEqual(["a", "b", "c", "f"]);
    const idle = [lever("x", 1, false), lever("y", 1)];
    expect(mainLevers(idle, {}).map((one) => one.id)).toEqual(["y"]);
    expect(mainLevers([lever("x", 1, false)], {}).map((one) => one.id)).toEqual(["x"]);
  });

  it("aim higher than where one stands", () => {
    expect(aims(0.5)).toEqual([0.8, 0.95]);
    expect(aims(0.9)).toEqual([0.95, 0.99]);
    expect(aims(0.999)).toEqual([]);
    expect(aims(null)).toEqual([]);
  });
});
