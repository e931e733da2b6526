import type { Day } from "../../i18n/day.ts";

/** A moment as a team's own clock shows it. */
export function momentIn(instant: string, zone: string): { day: Day; clock: string } {
  // This locale writes days and hours the way they are kept: 2026-11-24, 08:00.
  const text = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("sv-SE", { timeZone: zone || "UTC", ...options }).format(
      new Date(instant),
    );
  return {
    day: text({ year: "numeric", month: "2-digit", day: "2-digit" }) as Day,
    clock: text({ hour: "2-digit", minute: "2-digit" }),
  };
}
