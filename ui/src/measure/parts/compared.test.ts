import { describe, expect, it } from "vitest";
import type { BreakdownReply } from "../../api/types.ts";
import { overDays, pairs, spanBefore } from "./useCompared.ts";

describe("the span a table is compared with", () => {
  it.each([
    ["2026-10-26", "2026-11-21", "before", "2026-09-28", "2026-10-24"],
    ["2026-11-16", "2026-11-22", "before", "2026-11-09", "2026-11-15"],
    ["2026-11-22", "2026-11-22", "before", "2026-11-15", "2026-11-15"],
    ["2026-11-01", "2026-11-30", "last_year", "2025-11-02", "2025-12-01"],
  ] as const)("%s to %s, %s", (from, to, compare, first, last) => {
    expect(spanBefore({ from, to }, compare)).toEqual({ from: first, to: last });
  });

  it("ends with the last day that is over", () => {
    expect(overDays({ from: "2026-11-01", to: "2026-11-22" }, "2026-11-22")?.to).toBe("2026-11-21");
    expect(overDays({ from: "2026-11-01", to: "2026-11-10" }, "2026-11-22")?.to).toBe("2026-11-10");
    expect(overDays({ from: "2026-11-22", to: "2026-11-22" }, "2026-11-22")).toBeNull();
  });
});

const reply = (rows: [string, number][], more = false) =>
  ({
    span: { from: "2026-11-01", to: "2026-11-07" },
    rows: rows.map(([value, visits]) => ({ value, visits })),
    more,
    totals: { visits: 100 },
  }) as BreakdownReply;

describe("rows laid beside each other", () => {
  it("knows what was none from what nobody knows", () => {
    const short = pairs(
      reply([
        ["a", 5],
        ["b", 3],
      ]),
      reply([
        ["a", 4],
        ["c", 2],
      ]),
      "visits",
    );
    expect(short.of("a")).toEqual({ now: 5, before: 4 });
    expect(short.of("b")).toEqual({ now: 3, before: 0 });
    expect(short.of("c")).toEqual({ now: 0, before: 2 });
    expect(short.of("d")).toBeNull();
    const long = pairs(reply([["b", 3]], true), reply([["a", 4]], true), "visits");
    expect(long.of("b")).toBeNull();
    expect(long.of("a")).toBeNull();
  });
});
