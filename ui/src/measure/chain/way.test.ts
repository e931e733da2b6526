import { describe, expect, it } from "vitest";
import type { ChainLevel, ChainStep } from "../../api/useChain.ts";
import { gauge, HIGH, height, isFelt, line, lost } from "./way.ts";

const level = (value: number | null, before: number | null): ChainLevel => ({
  indicator: "a",
  name: "A",
  unit: "件",
  value,
  before,
  ratio: null,
  missing: 0,
});
const step = (value: number | null, low: number | null, high: number | null): ChainStep => ({
  indicator: null,
  name: "",
  unit: "%",
  value,
  before: null,
  low,
  high,
  weak: false,
});

describe("the way to the KGI", () => {
  it("lies on the dashed line at 100 %, below it with less, at the ground with nothing", () => {
    const at = line([0.85, 1]);
    expect(height(1, at)).toBe(at);
    expect(height(0.85, at)).toBeGreaterThan(at);
    expect(height(0, at)).toBe(HIGH);
    expect(height(null, at)).toBe(at);
  });

  it("makes room for what is above, but not without end", () => {
    expect(line([1.2])).toBeGreaterThan(line([1]));
    expect(line([9])).toBe(line([1.5]));
    expect(height(9, line([9]))).toBeGreaterThanOrEqual(0);
  });

  it("names what was lost, and nothing where nothing was", () => {
    expect(lost(level(1075, 1260))).toBe(185);
    expect(lost(level(1260, 1260))).toBeNull();
    expect(lost(level(null, 3))).toBeNull();
    expect(lost(level(3, null))).toBeNull();
  });

  it("is red after the broken step only", () => {
    expect([0, 1, 2].map((place) => isFelt(place, 0))).toEqual([false, true, true]);
    expect(isFelt(2, null)).toBe(false);
  });

  it("shows a value beside its usual width, inside or outside of it", () => {
    expect(gauge(step(0.012, 0.0138, 0.0158))?.value).toBeCloseTo(0.08);
    expect(gauge(step(0.015, 0.01, 0.02))?.value).toBeCloseTo(0.5);
    expect(gauge(step(0.5, 0.5, 0.5))).not.toBeNull();
    expect(gauge(step(0.5, null, null))).toBeNull();
  });
});
