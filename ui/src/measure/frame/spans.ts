import { addDays, civil, type Day } from "../../i18n/day.ts";

/** Spans of days by name, in the order they are offered. */
export const presets = ["today", "7d", "28d", "month", "last_month"] as const;
export type Preset = (typeof presets)[number];

/** What is shown unless something else was asked for. */
export const USUAL: Preset = "28d";

export interface Span {
  from: Day;
  to: Day;
}

export function isPreset(text: unknown): text is Preset {
  return presets.includes(text as Preset);
}

/** The days of a name, seen from a day; all but the last month end with it. */
export function spanOf(preset: Preset, today: Day): Span {
  const first = addDays(today, 1 - civil(today).date);
  switch (preset) {
    case "today":
      return { from: today, to: today };
    case "7d":
      return { from: addDays(today, -6), to: today };
    case "28d":
      return { from: addDays(today, -27), to: today };
    case "month":
      return { from: first, to: today };
    case "last_month": {
      const to = addDays(first, -1);
      return { from: addDays(to, 1 - civil(to).date), to };
    }
  }
}
