import { describe, expect, it } from "vitest";
import type { ForecastReply } from "../../../api/types.ts";
import { fanOf, horizonFor } from "./fan.ts";

const day = (mean: number | null) => ({
  date: "2026-09-09",
  mean,
  lo80: mean,
  hi80: mean,
  lo95: mean,
  hi95: mean,
});
const reply = (values: (number | null)[], means: (number | null)[]) =>
  ({ actual: { first: "2026-09-01", values }, days: means.map(day) }) as unknown as ForecastReply;

describe("a fan", () => {
  it("has one value per day on every line and opens where the numbers end", () => {
    const fan = fanOf(reply([1, 2, null], [2, 2]));
    expect(fan?.xs.length).toBe(5);
    for (const line of [fan?.daily, fan?.smooth, fan?.mean, fan?.lo80, fan?.hi95])
      expect(line?.length).toBe(5);
    expect(fan?.now).toBe(1);
    expect(fan?.lo80[1]).toBe(1.5);
    expect(fan?.lo80[0]).toBeNull();
  });
  it("is not there without a forecast", () => {
    expect(fanOf(reply([1, 2], []))).toBeNull();
    expect(fanOf(reply([1, 2], [null]))).toBeNull();
  });
  it("looks to the deadline within reason", () => {
    expect(horizonFor(null, "2026-09-01")).toBe(28);
    expect(horizonFor("2026-09-03", "2026-09-01")).toBe(28);
    expect(horizonFor("2026-10-31", "2026-09-01")).toBe(60);
    expect(horizonFor("2027-09-03", "2026-09-01")).toBe(92);
  });
});
