import type { BroadcastResult } from "../../api/useMail.ts";

export type Sums = Omit<BroadcastResult, "variant">;

const FIELDS = [
  "accepted",
  "refused",
  "unknown",
  "hard_bounces",
  "soft_bounces",
  "complaints",
  "opened",
  "opened_raw",
  "clicked",
  "clicked_raw",
  "unsubscribed",
] as const;

/** Both variants together. */
export function summed(results: BroadcastResult[]): Sums {
  const all = Object.fromEntries(FIELDS.map((field) => [field, 0])) as Sums;
  for (const one of results) for (const field of FIELDS) all[field] += one[field];
  return all;
}

/** How far a broadcast is: of all that is to leave, what has left or will not. */
export function progressOf(outbox: Record<string, number>): { done: number; of: number } {
  let of = 0;
  for (const n of Object.values(outbox)) of += n;
  return { done: of - (outbox.queued ?? 0) - (outbox.sending ?? 0), of };
}

/** Where zero and an interval lie on an axis from 0 to 1, with some room at the ends. */
export function axisOf(low: number, high: number) {
  const from = Math.min(low, 0);
  const to = Math.max(high, 0);
  const room = (to - from || 1) * 0.12;
  const at = (value: number) => (value - from + room) / (to - from + 2 * room || 1);
  return { zero: at(0), low: at(low), high: at(high), at };
}
