import type { Explanation } from "../../../api/types.ts";

type Part = Pick<
  Explanation["parts"][number],
  "id" | "name" | "kind" | "contribution" | "sentence"
>;

/** One step from before to after: where it begins and ends, in the indicator's unit. */
export interface Fall {
  key: string;
  /** What a click opens; null for what is no indicator. */
  id: string | null;
  name: string;
  /** formula, gap, … as the server says; "residual" and "rest" are ours. */
  kind: string;
  contribution: number;
  from: number;
  to: number;
  sentence: string;
  /** How many small parts it holds together. */
  count: number;
}

/** More steps than this are no picture. */
const MOST = 8;
/** Smaller than this share of what moved, a remainder is only rounding. */
const ROUNDING = 1e-6;

/** The steps of a change, the largest first; small ones together, what is left over last. */
export function falls(
  x: Pick<Explanation, "base" | "now" | "residual"> & { parts: Part[] },
): Fall[] {
  if (x.base === null || x.now === null) return [];
  const parts = x.parts
    .flatMap((part) =>
      part.contribution === null || part.contribution === 0
        ? []
        : [{ ...part, contribution: part.contribution }],
    )
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const few = parts.length > MOST ? parts.slice(0, MOST - 1) : parts;
  const rest = parts.slice(few.length);
  const steps: Omit<Fall, "from" | "to">[] = few.map((part) => ({
    key: `${part.kind} ${part.id}`,
    id: part.id || null,
    name: part.name,
    kind: part.kind,
    contribution: part.contribution,
    sentence: part.sentence,
    count: 1,
  }));
  const own = { id: null, name: "", sentence: "" };
  if (rest.length > 0) {
    const contribution = rest.reduce((sum, part) => sum + part.contribution, 0);
    steps.push({ ...own, key: "rest", kind: "rest", contribution, count: rest.length });
  }
  const moved = parts.reduce((sum, part) => sum + Math.abs(part.contribution), 0);
  if (x.residual !== null && Math.abs(x.residual) > ROUNDING * Math.max(moved, Math.abs(x.now)))
    steps.push({ ...own, key: "residual", kind: "residual", contribution: x.residual, count: 1 });
  let at = x.base;
  return steps.map((step) => {
    const from = at;
    at += step.contribution;
    return { ...step, from, to: at };
  });
}

/** The axis: from the lowest to the highest place any step touches, with a little air. */
export function reach(steps: Fall[], base: number, now: number): { low: number; high: number } {
  const all = [base, now, ...steps.flatMap((step) => [step.from, step.to])];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const air = high > low ? (high - low) * 0.04 : Math.abs(high) * 0.1 || 1;
  return { low: low - air, high: high + air };
}
