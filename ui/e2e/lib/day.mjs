// The day the tests live on: the demo's data end on the eve of it.

export const DEMO_DAY = "2026-11-22";
/** Noon in Tokyo on that day, for the clock of the browser. */
export const DEMO_NOON = new Date(`${DEMO_DAY}T12:00:00+09:00`);

/** "2026-11-22" and −1 → "2026-11-21" */
export function addDays(day, days) {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** All days from one to another, both included. */
export function daysBetween(from, to) {
  const days = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
