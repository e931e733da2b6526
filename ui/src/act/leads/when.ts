import type { Day } from "../../i18n/day.ts";
import { daysBetween } from "../../i18n/day.ts";

/** A moment as people speak of it: this morning, today, yesterday, or on a day. */
export type When =
  | { word: "morning" | "today" | "yesterday"; clock: string }
  | { word: "day"; day: Day; clock: string };

/** The civil day and the time of day of a moment, by the reader's clock. */
export function civilAt(ms: number): { day: Day; clock: string; hour: number } {
  const at = new Date(ms);
  const two = (n: number) => String(n).padStart(2, "0");
  return {
    day: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    clock: `${at.getHours()}:${two(at.getMinutes())}`,
    hour: at.getHours(),
  };
}

export function whenOf(ms: number, now: number): When {
  const { day, clock, hour } = civilAt(ms);
  const ago = daysBetween(day, civilAt(now).day);
  if (ago === 0) return { word: hour >= 4 && hour < 12 ? "morning" : "today", clock };
  if (ago === 1) return { word: "yesterday", clock };
  return { word: "day", day, clock };
}
