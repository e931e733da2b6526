import { describe, expect, it } from "vitest";
import type { ConditionChoices } from "../../api/useSegments.ts";
import {
  type Address,
  type Condition,
  emptyCondition,
  fits,
  grouped,
  height,
  isFinished,
  isOfDeeds,
  KINDS,
  leaves,
  MAX_DEPTH,
  MAX_LEAVES,
  type Mode,
  memberPath,
  members,
  modeOf,
  newRow,
  rooted,
} from "./condition.ts";
import { type Edit, edited, possible } from "./edit.ts";
import { eventsFor } from "./events.ts";
import { oftenOf, operatorsFor, withKey, withOften, withOperator } from "./operators.ts";

/** A small generator that always draws the same. */
function drawing(seed: number) {
  let state = seed;
  const next = () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return { upTo: (n: number) => Math.floor(next() * n) };
}
type Drawn = ReturnType<typeof drawing>;
const MODES: Mode[] = ["all", "any", "none", "notall"];

/** Every node's address, the root's first. */
function addresses(node: Condition, at: Address = []): Address[] {
  const inner = modeOf(node) ? members(node).flatMap((one, i) => addresses(one, [...at, i])) : [];
  return [at, ...inner];
}

function drawEdit(draw: Drawn, tree: Condition): Edit {
  const all = addresses(tree);
  const at = all[draw.upTo(all.length)] ?? [];
  const kind = KINDS[draw.upTo(KINDS.length)] ?? "page";
  switch (draw.upTo(8)) {
    case 0:
      return { do: "drop", at };
    case 1:
      return { do: "put", at, row: newRow(kind) };
    case 2:
      return { do: "mode", at, mode: MODES[draw.upTo(4)] ?? "all" };
    case 3:
      return { do: "copy", at };
    case 4:
    case 5:
      return { do: "group", at, kind };
    default:
      return { do: "add", at, kind };
  }
}

/** What the server asks of a tree's shape: one field a node, no empty group but the root's. */
function shape(node: Condition, root: boolean): string[] {
  const keys = Object.keys(node);
  if (keys.length !== 1) return [`${keys.length} fields: ${keys}`];
  if (!modeOf(node)) return [];
  const list = members(node);
  if (list.length === 0 && !root) return ["an empty group"];
  return list.flatMap((one) => shape(one, false));
}

describe("editing", () => {
  it("keeps every tree one that the server takes", () => {
    let deepest = 0;
    let most = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const draw = drawing(seed);
      let tree = emptyCondition();
      for (let i = 0; i < 150; i++) {
        const edit = drawEdit(draw, tree);
        const before = JSON.stringify(tree);
        const after = edited(tree, edit);
        expect(JSON.stringify(tree), "the old tree stays").toBe(before);
        expect(possible(tree, edit)).toBe(after !== tree);
        expect(shape(after, true), `${before} ${JSON.stringify(edit)}`).toEqual([]);
        expect(fits(after)).toBe(true);
        tree = after;
        deepest = Math.max(deepest, height(tree));
        most = Math.max(most, leaves(tree));
      }
    }
    // The bounds were met, else nothing was shown.
    expect(deepest).toBe(MAX_DEPTH);
    expect(most).toBe(MAX_LEAVES);
  });

  it("takes a row away that was just added", () => {
    const tree: Condition = { any: [{ tag: "a" }, { all: [{ tag: "b" }, { tag: "c" }] }] };
    const added = edited(tree, { do: "add", at: [1], kind: "score" });
    expect(edited(added, { do: "drop", at: [1, 2] })).toEqual(tree);
    expect(edited(tree, { do: "drop", at: [1, 0] })).toEqual({
      any: [{ tag: "a" }, { all: [{ tag: "c" }] }],
    });
    const lone: Condition = { any: [{ tag: "a" }, { all: [{ tag: "b" }] }] };
    expect(edited(lone, { do: "drop", at: [1, 0] })).toEqual({ any: [{ tag: "a" }] });
    expect(edited({ all: [{ tag: "a" }] }, { do: "drop", at: [0] })).toEqual(emptyCondition());
  });

  it("takes conditions that were written by others", () => {
    expect(rooted({ tag: "a" })).toEqual({ all: [{ tag: "a" }] });
    expect(rooted({})).toEqual(emptyCondition());
    expect(modeOf({ not: { tag: "a" } })).toBeNull();
    expect(modeOf({ not: { score: { card: "c", op: "below", of: 1 } } })).toBe("none");
    const denied: Condition = { not: { did: { page: "/" } } };
    expect(members(denied)).toEqual([{ did: { page: "/" } }]);
    expect(memberPath(denied, 0)).toBe("not");
    expect(memberPath(grouped("none", [{ tag: "a" }]), 0)).toBe("not.any[0]");
    expect(memberPath({ all: [] }, 2)).toBe("all[2]");
  });

  it("is replayed where it is about what people did", () => {
    expect(isOfDeeds({ all: [{ tag: "a" }, { not: { any: [{ did: { page: "/" } }] } }] })).toBe(
      true,
    );
    expect(isOfDeeds({ not: { segment: "s" } })).toBe(true);
    expect(isOfDeeds({ any: [{ tag: "a" }, { not: { tag: "b" } }] })).toBe(false);
  });

  it("asks the server once nothing is empty", () => {
    for (const kind of ["event", "property", "company", "tag", "score", "segment"] as const) {
      expect(isFinished(newRow(kind)), kind).toBe(false);
    }
    expect(isFinished(newRow("page"))).toBe(true);
    expect(isFinished({ not: { tag: "a" } })).toBe(true);
    expect(isFinished({ property: { key: "x", op: "known" } })).toBe(true);
    expect(isFinished({ property: { key: "x", op: "is", values: ["a", ""] } })).toBe(false);
    expect(isFinished({ did: { event: "a", where: [{ key: "", op: "is" }] } })).toBe(false);
  });
});

describe("comparisons", () => {
  it("suit the kind of value, and keep what was written where it makes sense", () => {
    const size = { key: "size", op: "at-least", values: ["100"] };
    expect(withOperator(size, "known")).toEqual({ key: "size", op: "known" });
    expect(withOperator(size, "above")).toEqual({ key: "size", op: "above", values: ["100"] });
    expect(withOperator({ key: "a", op: "is", values: ["x"] }, "within-days")).toEqual({
      key: "a",
      op: "within-days",
      values: ["30"],
    });
    expect(withKey(size, "renewal", "date").op).toBe("within-days");
    expect(withKey(size, "revenue", "number").op).toBe("at-least");
    expect(operatorsFor("number", "contains")).toContain("contains");
  });

  it("say how often in one word", () => {
    expect(oftenOf({ page: "/" })).toBe("at-least");
    expect(oftenOf({ page: "/", op: "at-most" })).toBe("never");
    expect(oftenOf({ page: "/", op: "exactly", times: 2 })).toBe("exactly");
    expect(withOften({ page: "/", op: "at-most", times: 0 }, "at-least").times).toBe(1);
    expect(oftenOf(withOften({ page: "/", op: "exactly", times: 3 }, "never"))).toBe("never");
  });
});

it("calls the event that is chosen by its usual name, though nobody did it lately", () => {
  const choices = {
    events: [{ id: "Inquiry Submitted", name: "問い合わせ" }],
    usual: [
      { id: "Inquiry Submitted", name: "問い合わせ" },
      { id: "Page Engaged", name: "見ていた時間" },
    ],
  } as ConditionChoices;
  const names = (chosen?: string) => eventsFor(choices, chosen).map((one) => one.name);
  expect(names()).toEqual(["問い合わせ"]);
  expect(names("Inquiry Submitted")).toEqual(["問い合わせ"]);
  expect(names("Page Engaged")).toEqual(["問い合わせ", "見ていた時間"]);
  expect(names("Our Own")).toEqual(["問い合わせ"]);
  expect(eventsFor(undefined, "Page Engaged")).toEqual([]);
});
