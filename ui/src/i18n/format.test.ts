import { describe, expect, it } from "vitest";
import { formatIn } from "./format.ts";

const ja = formatIn("ja");
const en = formatIn("en");

describe("amounts", () => {
  it.each([
    [593300, "回", "59.3万回", "593K回"],
    [12345678, "円", "1,235万円", "12.3M円"],
    [1234567890, "円", "12.3億円", "1.2B円"],
    [18420, "人", "18,420人", "18,420人"],
    [42, "件", "42件", "42件"],
    [42, "clicks", "42clicks", "42 clicks"],
    [0, "件", "0件", "0件"],
    [0.0059, "%", "0.59%", "0.59%"],
    [0.19, "%", "19.0%", "19.0%"],
    [1.2, "%", "120%", "120%"],
    [0, "%", "0%", "0%"],
    [-3.5, "本", "−3.50本", "−3.50本"],
    [Number.NaN, "件", "—", "—"],
    [Number.POSITIVE_INFINITY, "件", "—", "—"],
  ])("short %d %s", (value, unit, inJa, inEn) => {
    expect(ja.shortAmount(value, unit)).toBe(inJa);
    expect(en.shortAmount(value, unit)).toBe(inEn);
  });

  it("keeps the exact number where it matters", () => {
    expect(ja.amount(593300, "回")).toBe("593,300回");
  });

  it("signs differences, ratios in points", () => {
    expect(ja.difference(2, "件")).toBe("+2件");
    expect(ja.difference(-0.003, "%")).toBe("−0.30ポイント");
    expect(en.difference(-0.003, "%")).toBe("−0.30 pts");
    expect(ja.difference(0, "件")).toBe("±0件");
    expect(ja.relative(-0.09)).toBe("−9%");
    expect(ja.relative(0.001)).toBe("±0%");
  });

  it("says a share in whole percent, and tenths of the small ones", () => {
    expect(ja.percent(0.71)).toBe("71%");
    expect(ja.percent(0.004)).toBe("0.4%");
  });

  it("says the unit of a range once", () => {
    expect(ja.range(91, 122, "件")).toEqual({ number: "91〜122", unit: "件" });
    expect(ja.range(90000, 122000, "件")).toEqual({ number: "90,000件〜12.2", unit: "万件" });
    expect(en.range(91, 122, "")).toEqual({ number: "91–122", unit: "" });
  });
});

describe("days", () => {
  it.each([
    ["2026-09-08", "9月8日", "9月8日(火)", "2026年9月8日", "Sep 8", "Tue, Sep 8", "Sep 8, 2026"],
    [
      "2026-01-31",
      "1月31日",
      "1月31日(土)",
      "2026年1月31日",
      "Jan 31",
      "Sat, Jan 31",
      "Jan 31, 2026",
    ],
  ])("%s", (day, short, weekday, long, shortEn, weekdayEn, longEn) => {
    expect([ja.day(day), ja.weekday(day), ja.longDay(day)]).toEqual([short, weekday, long]);
    expect([en.day(day), en.weekday(day), en.longDay(day)]).toEqual([shortEn, weekdayEn, longEn]);
  });

  it("names a month's ends as people do", () => {
    expect(ja.from("2026-04-01")).toBe("4月");
    expect(ja.from("2026-04-02")).toBe("4月2日");
    expect(ja.until("2027-03-31")).toBe("3月末");
    expect(ja.until("2028-02-28")).toBe("2月28日");
    expect(en.until("2027-03-31")).toBe("Mar 31");
  });
});
