import type { ConditionChoices } from "../../api/useSegments.ts";
import type { Did, Property } from "./condition.ts";

/** How a property may be compared, as the server names it. */
export type Operator =
  | "is"
  | "is-not"
  | "contains"
  | "starts"
  | "above"
  | "at-least"
  | "below"
  | "at-most"
  | "before-days"
  | "within-days"
  | "ahead-days"
  | "known"
  | "unknown";

export type ValueKind = ConditionChoices["properties"][number]["kind"];

const operators: Record<ValueKind, Operator[]> = {
  text: ["is", "is-not", "contains", "starts", "known", "unknown"],
  number: ["at-least", "at-most", "above", "below", "is", "known", "unknown"],
  truth: ["is", "known", "unknown"],
  date: ["within-days", "before-days", "ahead-days", "known", "unknown"],
};

/** The comparisons that suit a kind of value, with the one that stands there already. */
export function operatorsFor(kind: ValueKind, now: string): Operator[] {
  const list = operators[kind];
  return list.includes(now as Operator) ? list : [...list, now as Operator];
}

export const isDays = (op: string) => op.endsWith("-days");
export const isNumber = (op: string) =>
  op === "above" || op === "at-least" || op === "below" || op === "at-most";
export const isAlone = (op: string) => op === "known" || op === "unknown";
/** Of these, several values may be given, of which one has to fit. */
export const isList = (op: string) =>
  op === "is" || op === "is-not" || op === "contains" || op === "starts";

/** A property compared in another way; what was written stays where it still makes sense. */
export function withOperator(property: Property, op: string): Property {
  if (isAlone(op)) return { key: property.key, op };
  const values = property.values ?? [];
  if (isList(op)) return { ...property, op, values };
  const number = values.find((one) => one !== "" && Number.isFinite(Number(one)));
  return { ...property, op, values: [number ?? (isDays(op) ? "30" : "")] };
}

/** Another property; compared as suits what kind of values it has. */
export function withKey(property: Property, key: string, kind: ValueKind): Property {
  const op = operators[kind].includes(property.op as Operator)
    ? property.op
    : (operators[kind][0] ?? "is");
  return withOperator({ ...property, key, values: [] }, op);
}

/** How often something was done, as it is chosen: "never" is at most 0 times. */
export type Often = "at-least" | "exactly" | "at-most" | "never";
export const OFTEN: Often[] = ["at-least", "exactly", "at-most", "never"];

export function oftenOf(did: Did): Often {
  if ((did.op === "at-most" || did.op === "exactly") && !did.times) return "never";
  if (did.op === "at-most" || did.op === "exactly") return did.op;
  return "at-least";
}

/** "At least 1 time" may be written without either: it is the same. */
export const timesOf = (did: Did) => did.times || 1;

export function withOften(did: Did, often: Often): Did {
  if (often === "never") return { ...did, op: "at-most", times: 0, distinct_days: false };
  return { ...did, op: often, times: timesOf(did) };
}
