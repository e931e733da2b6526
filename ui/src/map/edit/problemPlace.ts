import type { ModelProblem } from "../../api/types.ts";

/** Which part of the form a problem belongs to. */
export type ProblemField =
  | "name"
  | "definition"
  | "unit"
  | "owner"
  | "role"
  | "formula"
  | "measure"
  | "target"
  | "links"
  | "other";

export interface PlacedProblem {
  field: ProblemField;
  /** In formula and measure: which character, counted from 0. */
  at: number | null;
  message: string;
}

const TARGET = new Set(
  "target total growth hold reach by per over at_least direction milestones agreed value".split(
    " ",
  ),
);
const DIRECT = new Set(["name", "definition", "unit", "owner", "role", "formula", "measure"]);

/**
 * The server says line and column of the model file; the form wants to know which box.
 * The last key before the column names it, because the server rewrites an entry's line itself.
 */
export function placeProblem(yaml: string, problem: ModelProblem): PlacedProblem {
  const message = [problem.message, problem.mend].filter(Boolean).join(" ");
  const line = [...(yaml.split("\n")[problem.line - 1] ?? "")];
  const found = lastKey(line.join(""), line.slice(0, Math.max(problem.col, 1)).join("").length);
  if (!found) return { field: "other", at: null, message };
  const { key, valueAt } = found;
  if (key === "formula" || key === "measure") {
    const quote = /["']/.test(line[valueAt] ?? "") ? 1 : 0;
    return { field: key, at: Math.max(0, problem.col - 1 - valueAt - quote), message };
  }
  return { field: fieldOf(key, line.join("")), at: null, message };
}

function fieldOf(key: string, line: string): ProblemField {
  if (/\bfrom:.*\bto:/.test(line) && !/\btarget:/.test(line)) return "links";
  if (key === "lag" || key === "because" || key === "to") return "links";
  if (TARGET.has(key) || key === "from" || key === "on") return "target";
  return DIRECT.has(key) ? (key as ProblemField) : "other";
}

function lastKey(line: string, end: number): { key: string; valueAt: number } | null {
  let last: { key: string; valueAt: number } | null = null;
  for (const match of line.matchAll(/(?:^|[\s{,-])([a-z_]+):\s+/g)) {
    if (match.index + match[0].length - 1 > end) break;
    last = {
      key: match[1] ?? "",
      valueAt: [...line.slice(0, match.index + match[0].length)].length,
    };
  }
  return last;
}
