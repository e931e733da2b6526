import type { ForecastReply } from "../../../api/types.ts";
import { dayNumber, daysBetween } from "../../../i18n/day.ts";
import { movingMean } from "../../../kit/plot.ts";

type Line = (number | null)[];

/** What a fan is drawn from: every line has one value per day of xs. */
export interface Fan {
  xs: number[];
  /** Index of the last day there is a number for; where the fan opens. */
  now: number;
  daily: Line;
  smooth: Line;
  mean: Line;
  lo80: Line;
  hi80: Line;
  lo95: Line;
  hi95: Line;
}

const WEEK = 7;
const SHORTEST = 28;
const LONGEST = 92;

/** How far a forecast looks: to the deadline, but at least four weeks and at most a quarter. */
export function horizonFor(deadline: string | null, asOf: string): number {
  const days = deadline ? daysBetween(asOf, deadline) : SHORTEST;
  return Math.min(LONGEST, Math.max(SHORTEST, days));
}

/** History and forecast on one axis; the fan opens at the last week's mean. Null without a forecast. */
export function fanOf(reply: ForecastReply, history = 56): Fan | null {
  const { actual, days } = reply;
  if (!actual.first || days.every((day) => day.mean === null)) return null;
  const kept = actual.values.slice(-history);
  const start = dayNumber(actual.first) + actual.values.length - kept.length;
  const smoothed = movingMean(actual.values, WEEK).slice(-history);
  const now = kept.findLastIndex((value) => value !== null);
  const opens = smoothed[now] ?? null;
  const past: Line = kept.map(() => null);
  const ahead = (values: Line): Line => [
    ...past.map((_, i) => (i === now ? opens : null)),
    ...values,
  ];
  // What wiggles with the weekdays is drawn as a week's mean, as the days before it are.
  const weekly = (values: Line): Line => {
    const all = movingMean([...smoothed.slice(-WEEK + 1), ...values], WEEK);
    return all.slice(Math.min(WEEK - 1, smoothed.length));
  };
  return {
    xs: [...kept, ...days].map((_, i) => start + i),
    now,
    daily: [...kept, ...days.map(() => null)],
    smooth: [...smoothed, ...days.map(() => null)],
    mean: ahead(weekly(days.map((day) => day.mean))),
    lo80: ahead(days.map((day) => day.lo80)),
    hi80: ahead(days.map((day) => day.hi80)),
    lo95: ahead(days.map((day) => day.lo95)),
    hi95: ahead(days.map((day) => day.hi95)),
  };
}
