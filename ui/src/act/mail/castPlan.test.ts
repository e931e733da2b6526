import { describe, expect, it } from "vitest";
import { cleanedPlan, fieldOf, momentOf, proposed, secondOf, withSecond } from "./castPlan.ts";

describe("when a broadcast leaves", () => {
  it("comes back from its field as it went in", () => {
    const at = "2026-11-24T01:30:00.000Z";
    expect(momentOf(fieldOf(at))).toBe(at);
    expect(fieldOf(null)).toBe("");
    expect(momentOf("")).toBeNull();
  });

  it("is proposed within the working day", () => {
    for (const hour of [0, 5, 8, 9, 14, 18, 23]) {
      const at = new Date(proposed(new Date(2026, 10, 24, hour, 20)));
      expect(at.getTime()).toBeGreaterThan(new Date(2026, 10, 24, hour, 20).getTime());
      expect(at.getHours()).toBeGreaterThanOrEqual(9);
      expect(at.getHours()).toBeLessThanOrEqual(19);
    }
  });
});

describe("what is kept of a plan", () => {
  const plan = { name: "a", template: "t" };
  it("is only what is used", () => {
    expect(
      cleanedPlan({ ...plan, template_b: "", share_b: 50, audience: { all: [] } }, "now"),
    ).toEqual(plan);
    expect(cleanedPlan({ ...plan, at: "2026-11-24T01:30:00Z" }, "now")).toEqual(plan);
    expect(
      cleanedPlan({ ...plan, template_b: "u", audience: { segment: "s" }, at: "x" }, "at"),
    ).toEqual({ ...plan, template_b: "u", share_b: 50, audience: { segment: "s" }, at: "x" });
  });

  it("holds a second wording and what tells it apart, or nothing of it", () => {
    const second = { template: "u", share: 30, by: "kpi", kpi: "meetings" } as const;
    const two = withSecond(plan, second);
    expect(secondOf(two)).toEqual(second);
    expect(cleanedPlan(two, "now")).toEqual(two);
    expect(withSecond(two, null)).toEqual(plan);
    expect(secondOf(plan)).toBeNull();
    expect(cleanedPlan(withSecond(plan, { ...second, by: "clicks" }), "now")).toEqual({
      ...plan,
      template_b: "u",
      share_b: 30,
    });
  });
});
