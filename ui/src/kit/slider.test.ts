import { describe, expect, it } from "vitest";
import { niceStep, placeOf, sliderStops } from "./slider.ts";

describe("a slider", () => {
  it("steps in round numbers", () => {
    expect([0.03, 0.1, 0.11, 3, 5.1, 17_000].map(niceStep)).toEqual([
      0.05, 0.1, 0.2, 5, 10, 20_000,
    ]);
    expect([0, -1, Number.NaN, Number.POSITIVE_INFINITY].map(niceStep)).toEqual([1, 1, 1, 1]);
  });

  it("stops at round numbers and at the values that must be hit", () => {
    const stops = sliderStops(1.5, 7, [3.25]);
    expect(stops[0]).toBe(1.5);
    expect(stops.at(-1)).toBe(7);
    expect(stops.slice(17, 21)).toEqual([3.2, 3.25, 3.3, 3.4]);
    expect(sliderStops(0.0057, 0.033, [0.00892])).toContain(0.00892);
    // A value on a round number is not there twice.
    expect(sliderStops(0, 10, [4, 4]).filter((stop) => stop === 4)).toEqual([4]);
  });

  it("has one stop where there is no room", () => {
    expect(sliderStops(5, 5, [5])).toEqual([5]);
    expect(placeOf([5], 5)).toBe(0);
  });

  it("places values between its ends", () => {
    expect([0, 1, 2, 3, 4, 9].map((value) => placeOf([1, 2, 4], value))).toEqual([
      0, 0, 0.5, 0.75, 1, 1,
    ]);
  });
});
