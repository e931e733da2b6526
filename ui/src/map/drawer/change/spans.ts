import { addDays, civil, type Day } from "../../../i18n/day.ts";

/** A run of days, both ends counted. */
export interface Run {
  from: Day;
  to: Day;
}

/** What is compared: the time before and the time after. */
export interface Pair {
  base: Run;
  now: Run;
}

export const PRESETS = ["recent", "month", "year"] as const;
export type Preset = (typeof PRESETS)[number];

const WEEKS4 = 28;
/** 52 weeks: the same weekdays, nearly the same dates. */
const YEAR = 364;

/**
 * The two runs of a preset: the last four weeks against the four before; this month up to the
 * day against as much of the month before; the last four weeks against the same a year earlier.
 */
export function presetRuns(preset: Preset, asOf: Day): Pair {
  if (preset === "month") {
    const first = `${asOf.slice(0, 8)}01`;
    const lastBefore = addDays(first, -1);
    const firstBefore = `${lastBefore.slice(0, 8)}01`;
    const whole = civil(addDays(asOf, 1)).date === 1;
    const same = addDays(firstBefore, civil(asOf).date - 1);
    return {
      base: { from: firstBefore, to: whole || same > lastBefore ? lastBefore : same },
      now: { from: first, to: asOf },
    };
  }
  const now = { from: addDays(asOf, 1 - WEEKS4), to: asOf };
  const back = preset === "year" ? YEAR : WEEKS4;
  return { base: { from: addDays(now.from, -back), to: addDays(now.to, -back) }, now };
}

/** As the API takes it. */
export function written(run: Run): string {
  return `${run.from}..${run.to}`;
}

/** Both runs go forward. */
export function sound({ base, now }: Pair): boolean {
  return [base, now].every(({ from, to }) => from !== "" && to !== "" && from <= to);
}
