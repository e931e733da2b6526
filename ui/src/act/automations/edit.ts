import { type Definition, type Kind, newStep, type Step, type Way, waysOf } from "./definition.ts";

/** Where a new step goes: on a way out of a step, or before the first one (from null). */
export interface Gap {
  from: string | null;
  way: Way;
}

/** A step's id that nobody has yet: "mail", "mail2", … */
export function freeId(definition: Definition, kind: Kind): string {
  const taken = new Set(definition.steps.map((step) => step.id));
  for (let n = 1; ; n++) {
    const id = n === 1 ? kind : `${kind}${n}`;
    if (!taken.has(id)) return id;
  }
}

/** The definition with a new step in a gap; what came after the gap comes after the step. */
export function inserted(
  definition: Definition,
  gap: Gap,
  kind: Kind,
): { definition: Definition; id: string } {
  const id = freeId(definition, kind);
  const fresh = newStep(id, kind);
  if (gap.from === null) {
    const first = definition.steps[0];
    if (first) lead(fresh, fresh.branch ? "then" : "next", first.id);
    return { definition: { ...definition, steps: [fresh, ...definition.steps] }, id };
  }
  const steps = structuredClone(definition.steps);
  const at = steps.findIndex((step) => step.id === gap.from);
  const before = steps[at];
  if (!before) return { definition, id: gap.from };
  lead(fresh, fresh.branch ? "then" : "next", target(before, gap.way));
  lead(before, gap.way, id);
  steps.splice(at + 1, 0, fresh);
  return { definition: { ...definition, steps }, id };
}

/**
 * The definition without a step: those before it lead to what came after it. What nobody comes
 * to any more (the other way of a branch) goes with it.
 */
export function removed(definition: Definition, id: string): Definition {
  const gone = definition.steps.find((step) => step.id === id);
  if (!gone) return definition;
  const after = waysOf(gone)[0]?.to ?? "";
  const heir = after === id ? "" : after;
  let steps = structuredClone(definition.steps.filter((step) => step.id !== id));
  for (const step of steps)
    for (const { way, to } of waysOf(step)) if (to === id) lead(step, way, heir);
  if (definition.steps[0]?.id === id) {
    const first = steps.findIndex((step) => step.id === heir);
    if (first > 0) steps = [...steps.splice(first, 1), ...steps];
  }
  const reached = reachable(steps);
  return { ...definition, steps: steps.filter((step) => reached.has(step.id)) };
}

/** The definition with one step changed. */
export function changed(definition: Definition, next: Step): Definition {
  return {
    ...definition,
    steps: definition.steps.map((step) => (step.id === next.id ? next : step)),
  };
}

/** The definition with one of two wordings of a mail kept alone. */
export function keptAlone(definition: Definition, step: string, template: string): Definition {
  return {
    ...definition,
    steps: definition.steps.map((one) => {
      if (one.id !== step || !one.mail) return one;
      const { trying: _, ...rest } = one.mail;
      return { ...one, mail: { ...rest, template } };
    }),
  };
}

/** Whom one comes to from the first step on. */
export function reachable(steps: Step[]): Set<string> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const seen = new Set<string>();
  const open = steps[0] ? [steps[0].id] : [];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = byId.get(id);
    if (!step || seen.has(id)) continue;
    seen.add(id);
    for (const { to } of waysOf(step)) if (to) open.push(to);
  }
  return seen;
}

/** Leads a way of a step elsewhere. */
export function redirected(definition: Definition, id: string, way: Way, to: string): Definition {
  const steps = structuredClone(definition.steps);
  const step = steps.find((one) => one.id === id);
  if (step) lead(step, way, to);
  return { ...definition, steps };
}

/** The step a problem is about, by its place ("/steps/2/wait/for"); null for the whole. */
export function stepAt(definition: Definition, place: string): string | null {
  const at = /^\/steps\/(\d+)(\/|$)/.exec(place)?.[1];
  return at === undefined ? null : (definition.steps[Number(at)]?.id ?? null);
}

function target(step: Step, way: Way): string {
  return waysOf(step).find((one) => one.way === way)?.to ?? "";
}

function lead(step: Step, way: Way, to: string): void {
  const holder: { next?: string; then?: string; else?: string } =
    way === "next" ? step : (step.branch ?? step.wait ?? step);
  if (to) holder[way] = to;
  else delete holder[way];
}
