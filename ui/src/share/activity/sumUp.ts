import type { ActivityRow } from "../../api/useActivity.ts";

const WHATS = [
  "map",
  "indicator",
  "findings",
  "now",
  "agreement",
  "questions",
  "reviews",
  "reports",
  "glossary",
] as const;
export type What = (typeof WHATS)[number];

/** A newer server may tell of things that have no words here yet. */
export function isWhat(what: string): what is What {
  return (WHATS as readonly string[]).includes(what);
}

/** How many of the departments with a name looked, and which did not. */
export function sumUp(departments: Pick<ActivityRow, "name" | "active">[]) {
  const named = departments.filter((one) => one.name !== "");
  const silent = named.filter((one) => one.active === 0).map((one) => one.name);
  return { all: named.length, looked: named.length - silent.length, silent };
}
