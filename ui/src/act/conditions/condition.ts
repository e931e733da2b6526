import type { components } from "../../api/schema";

type Schemas = components["schemas"];

/** A condition as the server reads it: a tree in which exactly one field of a node is set. */
export type Condition = Schemas["ConditionCondition"];
export type Property = Schemas["ConditionProperty"];
export type Did = Schemas["ConditionDid"];

/** What is wrong with a condition and where: "all[1].did.times", "" for the whole. */
export interface Problem {
  path: string;
  message: string;
}

/** How the members of a group are taken together. */
export type Mode = "all" | "any" | "none" | "notall";

/** What a row says. Page and event are both things people did. */
export type Kind =
  | "page"
  | "event"
  | "property"
  | "company"
  | "tag"
  | "consent"
  | "score"
  | "segment";

/** The kinds of rows in the order in which they are offered. */
export const KINDS: Kind[] = [
  "page",
  "event",
  "property",
  "company",
  "tag",
  "consent",
  "score",
  "segment",
];

/** The server's bounds (internal/act/condition/check.go). */
export const MAX_DEPTH = 6;
export const MAX_LEAVES = 50;
export const MAX_DAYS = 1100;
export const MAX_TIMES = 1000;
export const MAX_WHERE = 10;

/** Where a node stands: the places to take from the root on. */
export type Address = number[];

/** Nothing asked yet; the first row makes it a condition. */
export function emptyCondition(): Condition {
  return { all: [] };
}

export function isEmpty(condition: Condition): boolean {
  return leaves(condition) === 0;
}

/** A tag that is missing, a segment one is not in: a row of its own, not a group of one. */
export function isDenied(node: Condition): boolean {
  return node.not?.tag !== undefined || node.not?.segment !== undefined;
}

/** How a node groups others; null for a row. */
export function modeOf(node: Condition): Mode | null {
  if (node.all) return "all";
  if (node.any) return "any";
  if (node.not && !isDenied(node)) return node.not.all ? "notall" : "none";
  return null;
}

/** The members of a group, in their order. What a lone "not" denies is its one member. */
export function members(node: Condition): Condition[] {
  if (node.all) return node.all;
  if (node.any) return node.any;
  if (!node.not) return [];
  return node.not.any ?? node.not.all ?? [node.not];
}

/** Where the server finds a member of a group, seen from the group. */
export function memberPath(node: Condition, at: number): string {
  if (node.all) return `all[${at}]`;
  if (node.any) return `any[${at}]`;
  if (node.not?.any) return `not.any[${at}]`;
  if (node.not?.all) return `not.all[${at}]`;
  return "not";
}

export function grouped(mode: Mode, list: Condition[]): Condition {
  switch (mode) {
    case "all":
      return { all: list };
    case "any":
      return { any: list };
    case "none":
      return { not: { any: list } };
    case "notall":
      return { not: { all: list } };
  }
}

/** The tree with a group at its root, as it is edited: a lone row stands in a group of its own. */
export function rooted(condition: Condition): Condition {
  return modeOf(condition) === null
    ? grouped("all", kindOf(condition) ? [condition] : [])
    : condition;
}

/** Where the server's paths begin for the root's members: a lone row has no group around it. */
export function isLone(condition: Condition): boolean {
  return modeOf(condition) === null;
}

/** What a row says; null for a group and for nothing. */
export function kindOf(node: Condition): Kind | null {
  if (node.did) return node.did.event !== undefined ? "event" : "page";
  if (node.property) return node.property.key.startsWith("company.") ? "company" : "property";
  if (node.tag !== undefined) return "tag";
  if (node.consent) return "consent";
  if (node.score) return "score";
  if (node.segment !== undefined) return "segment";
  return node.not && isDenied(node) ? kindOf(node.not) : null;
}

/** Whether a row still has an empty place: the server is asked once it has none. */
export function isFinished(node: Condition): boolean {
  if (modeOf(node)) return members(node).every(isFinished);
  if (node.did)
    return Boolean(node.did.page || node.did.event) && (node.did.where ?? []).every(said);
  if (node.property) return said(node.property);
  if (node.score) return node.score.card !== "";
  if (node.consent) return true;
  return Boolean((node.not ?? node).tag || (node.not ?? node).segment);
}

function said(property: Property): boolean {
  if (property.key === "" || property.key === "company.") return false;
  if (property.op === "known" || property.op === "unknown") return true;
  const values = property.values ?? [];
  return values.length > 0 && values.every((one) => one !== "");
}

/** A matcher narrowed by what it came with; without any the field is not there. */
export function narrowed<T extends { where?: Property[] }>(matcher: T, where: Property[]): T {
  const { where: _, ...rest } = matcher;
  return (where.length > 0 ? { ...rest, where } : rest) as T;
}

/** A new row of a kind, with the usual beginning. */
export function newRow(kind: Kind): Condition {
  switch (kind) {
    case "page":
      return { did: { page: "/", op: "at-least", times: 1, days: 30 } };
    case "event":
      return { did: { event: "", op: "at-least", times: 1, days: 30 } };
    case "property":
      return { property: { key: "", op: "is", values: [] } };
    case "company":
      return { property: { key: "company.name", op: "contains", values: [] } };
    case "tag":
      return { tag: "" };
    case "consent":
      return { consent: { state: "granted" } };
    case "score":
      return { score: { card: "", op: "at-least", of: 25 } };
    case "segment":
      return { segment: "" };
  }
}

/** Whether anything in it is about what people did; a segment may be. */
export function isOfDeeds(node: Condition): boolean {
  if (modeOf(node)) return members(node).some(isOfDeeds);
  return node.did !== undefined || (node.not ?? node).segment !== undefined;
}

export function leaves(node: Condition): number {
  if (modeOf(node) === null) return kindOf(node) ? 1 : 0;
  return members(node).reduce((sum, one) => sum + leaves(one), 0);
}

/** How many levels a node takes, counted as the server counts: "not" is a level of its own. */
export function height(node: Condition): number {
  if (node.not) return 1 + height(node.not);
  const inner = node.all ?? node.any;
  return inner ? 1 + inner.reduce((most, one) => Math.max(most, height(one)), 0) : 1;
}

/** Whether the server would take a tree of this size. */
export function fits(condition: Condition): boolean {
  return height(condition) <= MAX_DEPTH && leaves(condition) <= MAX_LEAVES;
}
