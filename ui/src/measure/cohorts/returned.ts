import type { CohortsReply } from "../../api/usePaths.ts";

/** How many of all who could have come again in the next period did; null where nobody could yet. */
export function returned(reply: CohortsReply): { people: number; share: number } | null {
  // The newest period that shows a next one is still running: it would make the share too small.
  const whole = reply.cohorts.filter((one) => one.active.length > 2);
  const people = whole.reduce((sum, one) => sum + one.people, 0);
  const again = whole.reduce((sum, one) => sum + (one.active[1] ?? 0), 0);
  return people > 0 ? { people, share: again / people } : null;
}
