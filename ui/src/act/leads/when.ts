import type { Day } from "../../i18n/day.ts";
import { daysBetween } from "../../i18n/day.ts";

/** A moment as people speak of it: this morning, today, yesterday, or on a day. */
export type When =
  | { word: "morning" | "today" | "yesterday"; clock: string }
  | { word: "day"; day: Day; clock: string };

/** The civil day and the time of day of a moment where the workspace is; without a zone, by the reader's clock. */
export function civilAt(ms: number, zone?: string): { day: Day; clock: string; hour: number } {
  const parts = Object.fromEntries(
    clockIn(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const hour = Number(parts.hour);
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    clock: `${hour}:${parts.minute}`,
    hour,
  };
}

const clocks = new Map<string | undefined, Intl.DateTimeFormat>();

function clockIn(zone: string | undefined): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat("en-CA", {
    ...(zone ? { timeZone: zone } : {}),
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  clocks.set(zone, clock);
  return clock;
}

export function whenOf(ms: number, now: number, zone?: string): When {
  const { day, clock, hour } = civilAt(ms, zone);
  const ago = daysBetween(day, civilAt(now, zone).day);
  if (ago === 0) return { word: hour >= 4 && hour < 12 ? "morning" : "today", clock };
  if (ago === 1) return { word: "yesterday", clock };
  return { word: "day", day, clock };
}
