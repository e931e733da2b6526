import { describe, expect, it } from "vitest";
import type { Indicator } from "../../api/types.ts";
import type { ReviewItem } from "../../api/useReviews.ts";
import { newDraft, numberOf, requestOf } from "./draft.ts";

const item = { id: "finding:x", indicator: "ctr" } as ReviewItem;
const about = (target: unknown, unit = "%") =>
  ({ id: "ctr", unit, target }) as unknown as Indicator;
const draft = { ...newDraft(item, "2026-12-22"), why: " 秋は下がる " };

it.each([
  ["1.3", 1.3],
  ["1,200", 1200],
  ["１３", 13],
  ["−2", -2],
  ["", null],
  ["三", null],
])("%s is %s", (typed, number) => {
  expect(numberOf(typed)).toBe(number);
});

describe("a decision as the API takes it", () => {
  it("keeps what is said, and no more", () => {
    expect(requestOf("keep", item, draft, about(null), 7)).toEqual({
      item: "finding:x",
      kind: "keep",
      why: "秋は下がる",
      owner: "",
      base_version: 7,
      indicator: "ctr",
    });
  });
  it("waits for a number", () => {
    expect(requestOf("change-target", item, draft, about({ kind: "reach" }), 7)).toBeNull();
  });
  it.each([
    ["a rate as a ratio", { kind: "reach" }, "%", "1.3", { amount: 0.013 }],
    ["a count as it is", { kind: "hold" }, "件", "1,300", { amount: 1300 }],
    ["growth as a factor", { kind: "growth" }, "件", "150", { amount: 1.5 }],
    ["a first target with its kind", null, "件", "5", { kind: "reach", amount: 5 }],
  ])("%s", (_, target, unit, amount, want) => {
    const request = requestOf("change-target", item, { ...draft, amount }, about(target, unit), 7);
    expect(request?.target).toEqual(want);
  });
  it("looks again on a day", () => {
    expect(requestOf("measure-again", item, draft, undefined, 7)?.due).toBe("2026-12-22");
  });
  it("takes a KPI off the map, or puts another in its place", () => {
    expect(requestOf("replace-kpi", item, draft, about(null), 7)?.replace).toBeUndefined();
    const other = { ...draft, metric: "sns.saves", metricName: "保存数" };
    expect(requestOf("replace-kpi", item, other, about(null), 7)?.replace).toEqual({
      metric: "sns.saves",
      name: "保存数",
      unit: "",
    });
  });
});
