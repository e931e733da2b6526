/** What was, what is, and what was taken back. */
export interface History<T> {
  past: T[];
  now: T;
  future: T[];
}

const KEPT = 100;

export function begun<T>(now: T): History<T> {
  return { past: [], now, future: [] };
}

/**
 * The next state. With `merge` it takes the place of the last one: what is typed letter by
 * letter is one step back.
 */
export function done<T>(history: History<T>, next: T, merge = false): History<T> {
  if (merge && history.past.length > 0) return { ...history, now: next, future: [] };
  return { past: [...history.past, history.now].slice(-KEPT), now: next, future: [] };
}

export function undone<T>({ past, now, future }: History<T>): History<T> {
  const before = past.at(-1);
  if (before === undefined) return { past, now, future };
  return { past: past.slice(0, -1), now: before, future: [now, ...future] };
}

export function redone<T>({ past, now, future }: History<T>): History<T> {
  const [next, ...rest] = future;
  if (next === undefined) return { past, now, future };
  return { past: [...past, now], now: next, future: rest };
}
