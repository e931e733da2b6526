import type { FunnelResult, FunnelStep } from "../../api/usePaths.ts";

/** A step as it is edited; `key` stays when it is moved or renamed. */
export interface Step {
  key: number;
  kind: "page" | "event";
  value: string;
  name: string;
}

let made = 0;

export function newStep(kind: Step["kind"], value: string, name = ""): Step {
  made += 1;
  return { key: made, kind, value, name };
}

/** What the server is asked; steps without a value are still being written. */
export function asked(steps: Step[]): FunnelStep[] {
  return steps
    .filter((one) => one.value.trim() !== "")
    .map(({ kind, value, name }) => ({
      [kind]: value.trim(),
      ...(name.trim() ? { name: name.trim() } : {}),
    }));
}

/** Kept steps as they are edited. */
export function edited(steps: FunnelStep[]): Step[] {
  return steps.map((one) =>
    one.event ? newStep("event", one.event, one.name) : newStep("page", one.page ?? "", one.name),
  );
}

/** The same steps with the one at a place moved by one. */
export function moved(steps: Step[], at: number, by: -1 | 1): Step[] {
  const to = at + by;
  const next = [...steps];
  const one = next[at];
  const other = next[to];
  if (!one || !other) return steps;
  next[at] = other;
  next[to] = one;
  return next;
}

/** The place of the step where most are lost; -1 where nobody is. */
export function worst(results: FunnelResult[]): number {
  let at = -1;
  results.forEach((one, i) => {
    if (one.lost > (at < 0 ? 0 : (results[at]?.lost ?? 0))) at = i;
  });
  return at;
}
