import type { Automation } from "../../api/useAutomations.ts";
import { type Definition, waysOf } from "./definition.ts";

/** How many people stand where, over all versions: a step keeps its name from one to the next. */
export interface Counts {
  /** Everybody who came in, those held out included. */
  entered: number;
  held: number;
  /** On their way now. */
  inside: number;
  /** Left because the goal was reached. */
  reached: number;
  /** By step: in it now, and done with it. */
  at: Map<string, { now: number; passed: number }>;
  /** By "from way": how many went it. */
  went: Map<string, number>;
  /** Inside of steps that this version has no more. */
  elsewhere: number;
}

export function countsOf(automation: Automation | null, definition: Definition): Counts {
  const counts: Counts = {
    entered: 0,
    held: 0,
    inside: 0,
    reached: 0,
    at: new Map(definition.steps.map((step) => [step.id, { now: 0, passed: 0 }])),
    went: new Map(),
    elsewhere: 0,
  };
  for (const { state, step, people } of automation?.people ?? []) {
    counts.entered += people;
    if (state === "held") counts.held += people;
    if (state === "reached") counts.reached += people;
    if (state !== "inside") continue;
    counts.inside += people;
    const here = counts.at.get(step);
    if (here) here.now += people;
    else counts.elsewhere += people;
  }
  const byId = new Map(definition.steps.map((step) => [step.id, step]));
  for (const { from, to, people } of automation?.ways ?? []) {
    const here = counts.at.get(from);
    const step = byId.get(from);
    if (!here || !step) continue;
    here.passed += people;
    const ways = waysOf(step);
    const way = ways.find((one) => one.to === to) ?? ways[0];
    if (way) {
      const key = `${from} ${way.way}`;
      counts.went.set(key, (counts.went.get(key) ?? 0) + people);
    }
  }
  return counts;
}
