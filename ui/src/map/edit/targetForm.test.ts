import { describe, expect, test } from "vitest";
import type { Target } from "../../api/types.ts";
import { formOfTarget, noTarget, readings, type TargetForm, targetOfForm } from "./targetForm.ts";

const form = (change: Partial<TargetForm>): TargetForm => ({ ...noTarget, ...change });
const view = (change: Partial<Target>): Target => ({
  agreed: [],
  amount: null,
  at_least: null,
  by: null,
  direction: "up",
  factor: null,
  from: null,
  kind: "total",
  label: "",
  milestones: [],
  no_amount: null,
  per: null,
  ...change,
});

describe("targetOfForm", () => {
  test("no kind, no target", () => {
    expect(targetOfForm(noTarget, "件")).toEqual({ target: null, gaps: [] });
  });

  test("a total by a date, with who agreed", () => {
    const typed = form({
      kind: "total",
      amount: "1,000",
      from: "2026-04-01",
      by: "2027-03-31",
      agreed: [
        { by: " 社長 ", on: "2026-03-20" },
        { by: "田中", on: "" },
        { by: "", on: "2026-01-01" },
      ],
    });
    expect(targetOfForm(typed, "件").target).toEqual({
      kind: "total",
      amount: "1000",
      from: "2026-04-01",
      by: "2027-03-31",
      agreed: [{ by: "社長", on: "2026-03-20" }, { by: "田中" }],
    });
  });

  test("hold: period and share; reach takes no start", () => {
    expect(
      targetOfForm(form({ kind: "hold", amount: "20", per: "month", atLeast: "80" }), "件").target,
    ).toEqual({ kind: "hold", amount: "20", per: "month", at_least: "0.8" });
    expect(
      targetOfForm(form({ kind: "reach", amount: "5", from: "2026-04-01" }), "%").target,
    ).toEqual({ kind: "reach", amount: "5%" });
  });

  test("growth is a factor, also downwards", () => {
    expect(targetOfForm(form({ kind: "growth", amount: "50" }), "円").target?.amount).toBe("1.5");
    expect(
      targetOfForm(form({ kind: "growth", amount: "20", direction: "down" }), "件").target,
    ).toEqual({ kind: "growth", amount: "0.8", direction: "down" });
    expect(
      targetOfForm(form({ kind: "growth", amount: "100", direction: "down" }), "件").gaps,
    ).toContain("positive");
  });

  test("growth of a rate asks: percent or points", () => {
    const asked = form({ kind: "growth", amount: "5" });
    expect(targetOfForm(asked, "%").gaps).toEqual(["reading"]);
    expect(targetOfForm({ ...asked, reading: "percent" }, "%").target?.amount).toBe("1.05");
    expect(targetOfForm({ ...asked, reading: "points" }, "%").gaps).toEqual(["basis"]);
    expect(targetOfForm({ ...asked, reading: "points", basis: "5" }, "%").target).toEqual({
      kind: "reach",
      amount: "10%",
    });
  });

  test("milestones are sorted, in the unit, and whole or refused", () => {
    const typed = form({
      kind: "total",
      amount: "100",
      milestones: [
        { by: "2026-12-31", value: "75" },
        { by: "2026-06-30", value: "25" },
        { by: "", value: "" },
      ],
    });
    expect(targetOfForm(typed, "件").target?.milestones).toEqual([
      { by: "2026-06-30", value: "25" },
      { by: "2026-12-31", value: "75" },
    ]);
    const half = form({ kind: "total", amount: "1", milestones: [{ by: "", value: "3" }] });
    expect(targetOfForm(half, "件").gaps).toEqual(["milestone"]);
  });

  test("what is missing is named", () => {
    expect(targetOfForm(form({ kind: "total" }), "件").gaps).toEqual(["amount"]);
    expect(
      targetOfForm(form({ kind: "total", amount: "1", from: "2027-01-01", by: "2026-01-01" }), "件")
        .gaps,
    ).toEqual(["order"]);
  });
});

describe("formOfTarget is its way back", () => {
  test.each([
    ["件", view({ kind: "total", amount: 100, from: "2026-04-01", by: "2027-03-31" })],
    ["%", view({ kind: "reach", amount: 0.031, by: "2027-03-31" })],
    ["件", view({ kind: "hold", amount: 20, per: "week", at_least: 0.8, direction: "down" })],
    ["円", view({ kind: "growth", factor: 1.15, from: "2026-04-01", by: "2027-03-31" })],
    ["件", view({ kind: "growth", factor: 0.8, direction: "down" })],
  ] as const)("%s %o", (unit, target) => {
    const out = targetOfForm(formOfTarget(target, unit), unit).target;
    expect(out?.kind).toBe(target.kind);
    const amount = target.kind === "growth" ? target.factor : target.amount;
    const written = out?.amount ?? "";
    const back = written.endsWith("%") ? Number(written.slice(0, -1)) / 100 : Number(written);
    expect(back).toBeCloseTo(amount ?? Number.NaN, 12);
    expect(out?.from ?? null).toBe(target.from);
    expect(out?.by ?? null).toBe(target.by);
  });

  test("a direction without a number is no target yet", () => {
    expect(formOfTarget(view({ kind: "vague" }), "件")).toBe(noTarget);
  });

  test("derived milestones are not the team's own", () => {
    const milestones = [
      { by: "2026-06-30", value: 24.7, derived: true },
      { by: "2026-09-30", value: 50, derived: false },
    ];
    expect(formOfTarget(view({ amount: 100, milestones }), "件").milestones).toEqual([
      { by: "2026-09-30", value: "50" },
    ]);
  });
});

test("both readings of five more of five percent", () => {
  const { percent, points } = readings(0.05, 5, "up");
  expect(percent).toBeCloseTo(0.0525, 12);
  expect(points).toBeCloseTo(0.1, 12);
});
