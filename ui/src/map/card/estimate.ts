import type { Indicator } from "../../api/types.ts";

type Counted = Pick<Indicator, "kind" | "unit" | "value">;

/**
 * A pace or a landing is an estimate: of something counted in whole numbers it is said in
 * whole numbers, for nobody gets half an application. Small ones keep a tenth.
 */
export function estimated(one: Counted, x: number): number {
  const counted =
    one.kind === "flow" && one.unit !== "%" && (one.value === null || Number.isInteger(one.value));
  if (!counted) return x;
  return Math.abs(x) >= 10 ? Math.round(x) : Math.round(x * 10) / 10;
}

/** The numbers of an indicator that are estimates, as they are said; null where there is none. */
export function estimates(one: Indicator) {
  const say = (x: number | null) => (x === null ? null : estimated(one, x));
  const expected = say(one.expected);
  const ahead = one.value === null || expected === null ? null : one.value - expected;
  return {
    expected,
    /** How far the value is beyond its pace. */
    ahead,
    /** Whether that is good; null when it stands exactly on it. */
    good: ahead === null || ahead === 0 ? null : ahead > 0 === (one.target?.direction !== "down"),
    mean: say(one.forecast.mean),
    lo80: say(one.forecast.lo80),
    hi80: say(one.forecast.hi80),
    odds: one.forecast.p_attain,
  };
}
