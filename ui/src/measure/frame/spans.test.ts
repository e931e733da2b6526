import { describe, expect, it } from "vitest";
import { type ReportSearch, reportSearch, withFilter, withoutFilter } from "./search.ts";
import { presets, spanOf } from "./spans.ts";

describe("spans by name", () => {
  it.each([
    ["today", "2026-11-22", "2026-11-22"],
    ["7d", "2026-11-16", "2026-11-22"],
    ["28d", "2026-10-26", "2026-11-22"],
    ["month", "2026-11-01", "2026-11-22"],
    ["last_month", "2026-10-01", "2026-10-31"],
  ] as const)("%s", (preset, from, to) => {
    expect(spanOf(preset, "2026-11-22")).toEqual({ from, to });
  });

  it("cross years, and know leap days", () => {
    expect(spanOf("last_month", "2027-01-01")).toEqual({ from: "2026-12-01", to: "2026-12-31" });
    expect(spanOf("last_month", "2028-03-31")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
    expect(spanOf("month", "2027-01-01")).toEqual({ from: "2027-01-01", to: "2027-01-01" });
    for (const preset of presets) {
      const { from, to } = spanOf(preset, "2027-01-01");
      expect(from <= to, preset).toBe(true);
    }
  });
});

describe("the address of a report", () => {
  const social = { field: "channel", op: "is", values: ["social"] } as const;
  const filter = { ...social, values: [...social.values] };

  it("keeps what it understands and leaves out the rest", () => {
    const whole: ReportSearch = {
      from: "2026-11-01",
      to: "2026-11-02",
      compare: "last_year",
      filters: [filter],
      segment: "abc",
      bots: true,
    };
    expect(reportSearch({ ...whole, more: 1 })).toEqual(whole);
    expect(reportSearch({ span: "7d", compare: "before" })).toEqual({ span: "7d" });
    expect(
      reportSearch({
        span: "ever",
        from: "2026-11-02",
        to: "2026-11-01",
        compare: 3,
        filters: [{ field: "colour", op: "is", values: ["x"] }, { field: "page" }, "x", null],
        segment: 7,
        bots: "true",
      }),
    ).toEqual({});
    expect(reportSearch({ from: "2026-02-30", to: "2026-03-01" })).toEqual({});
  });

  it("has one condition of a field and a kind", () => {
    const once = withFilter({ span: "7d" }, filter);
    expect(once).toEqual({ span: "7d", filters: [filter] });
    const search = { ...filter, values: ["search"] };
    expect(withFilter(once, search).filters).toEqual([search]);
    const not = { ...filter, op: "not" as const };
    expect(withFilter(once, not).filters).toEqual([filter, not]);
    expect(withoutFilter(once, 0)).toEqual({ span: "7d" });
  });
});
