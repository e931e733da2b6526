import { describe, expect, it } from "vitest";
import { presetRuns, sound } from "./spans.ts";
import { falls, reach } from "./waterfall.ts";

const part = (id: string, contribution: number | null) => ({
  id,
  name: id,
  kind: "formula",
  contribution,
  sentence: "",
});

describe("a waterfall", () => {
  it("goes from before to after, step by step", () => {
    const steps = falls({
      base: 10,
      now: 13,
      residual: 1e-16,
      parts: [part("a", -1), part("b", 4), part("none", null), part("zero", 0)],
    });
    expect(steps.map(({ id, from, to }) => [id, from, to])).toEqual([
      ["b", 10, 14],
      ["a", 14, 13],
    ]);
    const { low, high } = reach(steps, 10, 13);
    expect(low).toBeLessThan(10);
    expect(high).toBeGreaterThan(14);
  });
  it("names what is left over and holds small parts together", () => {
    const many = Array.from({ length: 12 }, (_, i) => part(`p${i}`, i + 1));
    const steps = falls({ base: 0, now: 80, residual: 2, parts: many });
    expect(steps.length).toBe(9);
    expect(steps.at(-2)?.count).toBe(5);
    expect(steps.at(-1)?.kind).toBe("residual");
    expect(steps.at(-1)?.to).toBe(80);
  });
  it("is empty where there is nothing to split", () => {
    expect(falls({ base: null, now: 3, residual: null, parts: [] })).toEqual([]);
  });
});

describe("the periods", () => {
  it.each([
    ["recent", "2026-11-21", "2026-09-27..2026-10-24", "2026-10-25..2026-11-21"],
    ["month", "2026-11-21", "2026-10-01..2026-10-21", "2026-11-01..2026-11-21"],
    ["month", "2026-03-31", "2026-02-01..2026-02-28", "2026-03-01..2026-03-31"],
    ["month", "2026-03-30", "2026-02-01..2026-02-28", "2026-03-01..2026-03-30"],
    ["month", "2026-02-28", "2026-01-01..2026-01-31", "2026-02-01..2026-02-28"],
    ["year", "2026-11-21", "2025-10-26..2025-11-22", "2026-10-25..2026-11-21"],
  ] as const)("%s on %s", (preset, asOf, base, now) => {
    const pair = presetRuns(preset, asOf);
    expect(`${pair.base.from}..${pair.base.to}`).toBe(base);
    expect(`${pair.now.from}..${pair.now.to}`).toBe(now);
    expect(sound(pair)).toBe(true);
  });
  it("must not go backwards", () => {
    const pair = presetRuns("recent", "2026-11-21");
    expect(sound({ ...pair, now: { from: "2026-11-21", to: "2026-11-01" } })).toBe(false);
    expect(sound({ ...pair, now: { from: "", to: "2026-11-01" } })).toBe(false);
  });
});
