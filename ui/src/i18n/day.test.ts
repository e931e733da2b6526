import { expect, it } from "vitest";
import { addDays, civil, daysBetween, isDay } from "./day.ts";

it("counts days across leap years and months", () => {
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
  expect(daysBetween("2026-04-01", "2027-03-31")).toBe(364);
  expect(civil("2026-11-21")).toEqual({ year: 2026, month: 11, date: 21, weekday: 6 });
});

it("knows a day from a text that looks like one", () => {
  expect(isDay("2026-02-28")).toBe(true);
  for (const text of ["2026-02-30", "2026-2-3", "", null, 5, "2026-02-28T00:00"])
    expect(isDay(text)).toBe(false);
});
