import type { components } from "../../api/schema";
import type { Condition } from "../conditions/condition.ts";

type Schemas = components["schemas"];
export type Trigger = Schemas["AutomationTrigger"];
export type Reentry = Schemas["AutomationReentry"];
export type Matcher = Schemas["ConditionMatcher"];

/** A length of time. */
export interface Span {
  amount: number;
  unit: "minutes" | "hours" | "days" | "weeks";
}

/** One version of an automation, as the server reads it (internal/act/automation). */
export interface Definition {
  name: string;
  kpi: string;
  stream?: "marketing" | "transactional";
  /** Share of those who enter that nothing is done to; 0.1 where it is not given. */
  holdout?: number;
  trigger: Trigger;
  /** Once it holds, they leave. */
  goal?: Condition;
  reentry?: Reentry;
  cap?: { mails: number; days: number };
  quiet?: { from: string; to: string };
  priority?: number;
  /** The first one is where people enter. */
  steps: Step[];
}

/** A value as contacts hold it: 1 text, 2 number, 3 yes or no, 4 a moment. */
export interface Value {
  k: number;
  t?: string;
  n?: number;
}

/** A mail of a template; `trying` is a second wording, sent to some by lot. */
export interface MailStep {
  template: string;
  topic?: string;
  trying?: { template: string; share?: number; by?: "clicks" | "opens" | "kpi" };
}

/** One thing that happens; exactly one kind is set. */
export interface Step {
  id: string;
  next?: string;
  mail?: MailStep;
  notify?: { channel: string; text: string };
  webhook?: { url: string };
  tag?: { add?: string[]; remove?: string[] };
  property?: { key: string; value: Value | null };
  score?: { card: string; points: number; reason?: string };
  wait?: Wait;
  branch?: { if: Condition; then?: string; else?: string };
  goal?: { if: Condition };
}

export interface Wait {
  for?: Span;
  until?: { weekdays?: string[]; time: string };
  event?: Matcher;
  timeout?: Span;
  /** Where the event leads; the timeout leads to `next`. */
  then?: string;
}

export const KINDS = [
  "mail",
  "notify",
  "wait",
  "branch",
  "goal",
  "tag",
  "property",
  "score",
  "webhook",
] as const;
export type Kind = (typeof KINDS)[number];

/** What a step does. */
export function kindOf(step: Step): Kind | null {
  return KINDS.find((kind) => step[kind] !== undefined) ?? null;
}

/** A way out of a step; `end` is the last step's. */
export type Way = "next" | "then" | "else";

/** The ways that lead on from a step, the main one first, with where they lead ("" the end). */
export function waysOf(step: Step): { way: Way; to: string }[] {
  if (step.branch)
    return [
      { way: "then", to: step.branch.then ?? "" },
      { way: "else", to: step.branch.else ?? "" },
    ];
  if (step.wait?.event)
    return [
      { way: "next", to: step.next ?? "" },
      { way: "then", to: step.wait.then ?? "" },
    ];
  return [{ way: "next", to: step.next ?? "" }];
}

/** The share that is held out: the same rule as the server's. */
export function heldShare(definition: Definition): number {
  if (definition.stream === "transactional") return 0;
  return definition.holdout ?? 0.1;
}

/** What a new step begins with. */
export function newStep(id: string, kind: Kind): Step {
  switch (kind) {
    case "mail":
      return { id, mail: { template: "" } };
    case "notify":
      return { id, notify: { channel: "owner", text: "" } };
    case "webhook":
      return { id, webhook: { url: "" } };
    case "tag":
      return { id, tag: { add: [] } };
    case "property":
      return { id, property: { key: "", value: { k: 1, t: "" } } };
    case "score":
      return { id, score: { card: "", points: 5 } };
    case "wait":
      return { id, wait: { for: { amount: 2, unit: "days" } } };
    case "branch":
      return { id, branch: { if: { all: [] } } };
    case "goal":
      return { id, goal: { if: { all: [] } } };
  }
}
