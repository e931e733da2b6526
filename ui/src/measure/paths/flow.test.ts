import { describe, expect, it } from "vitest";
import { bands, likelyGoal, neighbours } from "./flow.ts";

const step = (from: string, to: string, count: number) => ({
  from,
  to,
  count,
  visits: count,
  share: 0,
});

describe("ways to a page", () => {
  const steps = [
    step("", "/", 50),
    step("/", "/contact", 30),
    step("", "/contact", 10),
    step("/contact", "", 25),
    step("/contact", "/contact", 9),
  ];
  it("are what came just before, and just after", () => {
    const before = neighbours(steps, "/contact", "before");
    expect(before.list.map((one) => [one.page, one.count])).toEqual([
      ["/", 30],
      ["", 10],
    ]);
    expect(before.total).toBe(40);
    expect(neighbours(steps, "/contact", "after").list).toHaveLength(1);
  });
  it("put small ones together, but never a single one", () => {
    const many = (n: number) => Array.from({ length: n }, (_, i) => step(`/p${i}`, "/x", n - i));
    expect(neighbours(many(7), "/x", "before").list.some((one) => one.rest)).toBe(false);
    const nine = neighbours(many(9), "/x", "before");
    expect(nine.list).toHaveLength(7);
    expect(nine.list.at(-1)).toMatchObject({ count: 6, rest: true });
  });
  it("are bands that fill the page's side and rows that do not overlap", () => {
    const laid = bands(neighbours(steps, "/contact", "before").list, 200);
    expect(laid[0]).toMatchObject({ top: 0, thick: 150, at: 0 });
    expect(laid[1]).toMatchObject({ top: 154, height: 52, thick: 50, at: 150 });
  });
  it("begin with the page that asks, not the one that thanks", () => {
    expect(likelyGoal(["/", "/entry/thanks", "/entry/"])).toBe("/entry/");
    expect(likelyGoal(["/top"])).toBe("/top");
    expect(likelyGoal([])).toBe("");
  });
});
