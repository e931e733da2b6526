import {
  type Address,
  type Condition,
  fits,
  grouped,
  type Kind,
  kindOf,
  type Mode,
  members,
  modeOf,
  newRow,
  rooted,
} from "./condition.ts";

/** One thing done to a condition in the builder. */
export type Edit =
  | { do: "put"; at: Address; row: Condition }
  | { do: "add"; at: Address; kind: Kind }
  | { do: "group"; at: Address; kind: Kind }
  | { do: "mode"; at: Address; mode: Mode }
  | { do: "copy"; at: Address }
  | { do: "drop"; at: Address };

/**
 * The condition after an edit. Every edit keeps the tree one that the server takes: what
 * would make it too deep or too large is not done, and a group whose last row goes, goes too.
 */
export function edited(condition: Condition, edit: Edit): Condition {
  const root = rooted(condition);
  const next = changed(root, edit.at, edit);
  const after = next ?? grouped("all", []);
  return fits(after) ? after : root;
}

/** Whether an edit would change anything: what cannot be done is not offered. */
export function possible(condition: Condition, edit: Edit): boolean {
  const root = rooted(condition);
  return edited(root, edit) !== root;
}

/** The node after the edit at an address below it; null where nothing is left of it. */
function changed(node: Condition, at: Address, edit: Edit): Condition | null {
  const mode = modeOf(node);
  const [place, ...rest] = at;
  if (place === undefined) return here(node, mode, edit);
  const list = members(node);
  const one = list[place];
  if (mode === null || one === undefined) return node;
  if (rest.length === 0 && edit.do === "copy")
    return grouped(mode, [
      ...list.slice(0, place + 1),
      structuredClone(one),
      ...list.slice(place + 1),
    ]);
  const after = changed(one, rest, edit);
  if (after === one) return node;
  const next = after ? list.with(place, after) : list.toSpliced(place, 1);
  return next.length > 0 ? grouped(mode, next) : null;
}

function here(node: Condition, mode: Mode | null, edit: Edit): Condition | null {
  switch (edit.do) {
    case "drop":
      return null;
    case "put":
      return mode === null && kindOf(edit.row) ? edit.row : node;
    case "add":
      return mode ? grouped(mode, [...members(node), newRow(edit.kind)]) : node;
    case "group":
      return mode
        ? grouped(mode, [
            ...members(node),
            grouped(mode === "any" ? "all" : "any", [newRow(edit.kind)]),
          ])
        : node;
    case "mode":
      return mode && mode !== edit.mode ? grouped(edit.mode, members(node)) : node;
    case "copy":
      return node;
  }
}
