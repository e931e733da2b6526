import type { Counts } from "./counts.ts";
import { type Definition, type Step, type Way, waysOf } from "./definition.ts";
import type { Gap } from "./edit.ts";

/** The sizes of the picture in pixels. */
export const size = {
  card: { w: 288, h: 72 },
  trigger: { w: 320, h: 72 },
  outcome: { h: 84 },
  held: { w: 240 },
  /** Beside one another. */
  gap: 40,
  /** A way that leads past cards. */
  lane: 48,
  /** Below a row from which every way leads straight down, and below one with curves. */
  straight: 40,
  curved: 80,
  /** Left of everything, where ways lead back up. */
  back: 32,
} as const;

export interface Box {
  id: string;
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Road {
  key: string;
  d: string;
  /** 3–12 px by the share of people; null where nobody has come yet. */
  width: number | null;
  kind: "sent" | "held" | "back";
  /** Where a new step may be put in. */
  gap: (Gap & { x: number; y: number }) | null;
  /** Said beside its beginning: the answer of a branch, the end of a wait. */
  label: { way: Way; x: number; y: number } | null;
}

export interface Layout {
  width: number;
  height: number;
  trigger: Box;
  /** By step. */
  steps: Map<string, Box>;
  roads: Road[];
  /** Boxes of the two outcomes; held is null where nobody is held out. */
  outcome: { sent: Box; held: Box | null };
  /** Where the held road's words stand. */
  heldWords: { x: number; y: number } | null;
}

interface Node {
  step: Step;
  row: number;
  x: number;
  /** Steps that stand below it, by the way that leads there. */
  children: { way: Way; node: Node }[];
  /** Ways that lead to a step placed elsewhere, or to the end, and the x they go down on. */
  lanes: { way: Way; to: string; x: number }[];
}

/**
 * Where everything stands. A pure function of the definition and the counts: same input, same
 * picture. Steps stand in rows below their longest way; the main way goes straight down.
 */
export function layout(definition: Definition, counts: Counts, held: boolean): Layout {
  const { steps } = definition;
  const byId = new Map(steps.map((step) => [step.id, step]));
  const back = backWays(steps, byId);
  const isBack = (from: string, way: Way) => back.has(`${from} ${way}`);
  const rows = rowsOf(steps, byId, isBack);
  const placed = new Map<string, Node>();

  function grow(step: Step): Node {
    const node: Node = { step, row: rows.get(step.id) ?? 0, x: 0, children: [], lanes: [] };
    placed.set(step.id, node);
    for (const { way, to } of waysOf(step)) {
      const next = byId.get(to);
      if (isBack(step.id, way)) continue;
      if (next && !placed.has(to)) node.children.push({ way, node: grow(next) });
      else node.lanes.push({ way, to: next ? to : "", x: 0 });
    }
    return node;
  }
  const root = steps[0] ? grow(steps[0]) : null;
  // What nobody comes to is shown all the same, beside the rest, so that it can be mended.
  const lost = steps.filter((step) => !placed.has(step.id)).map(grow);

  // The trigger is wider than a card: where it stands right above one, it needs room on both sides.
  const left = Math.max(
    back.size > 0 ? size.back : 0,
    held ? 0 : (size.trigger.w - size.card.w) / 2,
  );
  let right = left;
  if (root) right = left + place(root, left);
  for (const node of lost) {
    const x = right + size.gap;
    right = x + place(node, x);
  }
  right = Math.max(right, left + size.card.w);

  const depth = Math.max(-1, ...[...placed.values()].map((node) => node.row));
  const tops = rowTops(depth, placed, held, isBack);
  const boxes = new Map<string, Box>();
  for (const [id, node] of placed)
    boxes.set(id, { id, x: node.x, y: tops.rows[node.row] ?? 0, ...size.card });

  const heldX = right + size.gap;
  const width = held ? heldX + size.held.w : right;
  const main = left + size.card.w / 2;
  const triggerX = held
    ? Math.max(
        left,
        Math.min(main + (heldX + size.held.w / 2 - main) * 0.46 - size.trigger.w / 2, main + 40),
      )
    : main - size.trigger.w / 2;
  const trigger: Box = { id: "trigger", x: triggerX, y: 0, ...size.trigger };
  const sent: Box = {
    id: "sent",
    x: left,
    y: tops.end,
    w: size.card.w,
    h: size.outcome.h,
  };
  const heldBox: Box | null = held
    ? { id: "held", x: heldX, y: tops.end, w: size.held.w, h: size.outcome.h }
    : null;

  const draw = drawing(counts);
  const first = root ? boxes.get(root.step.id) : sent;
  const roads: Road[] = [];
  if (heldBox) {
    const d = curveDown(
      trigger.x + trigger.w / 2 + 8,
      trigger.h,
      middle(heldBox),
      firstRow(),
      heldBox.y,
    );
    roads.push({ ...draw("held", null, d, "held"), gap: null, label: null });
  }
  if (first) {
    const from = trigger.x + trigger.w / 2 - (held ? 6 : 0);
    const d = curveDown(from, trigger.h, middle(first), first.y, first.y);
    roads.push({
      ...draw("entry", counts.entered - counts.held, d, "sent"),
      gap: { from: null, way: "next", x: middle(first), y: first.y - 16 },
      label: null,
    });
  }
  function firstRow(): number {
    return tops.rows[0] ?? tops.end;
  }

  for (const node of placed.values()) {
    const box = boxes.get(node.step.id) as Box;
    const ways = waysOf(node.step);
    const split = ways.length > 1;
    const below = tops.rows[node.row + 1] ?? tops.end;
    ways.forEach(({ way, to }, nth) => {
      const key = `${node.step.id} ${way}`;
      const people = counts.went.get(key) ?? 0;
      const start = middle(box) + nth * 12;
      const said = split ? { way, x: 0, y: 0 } : null;
      const target = boxes.get(to);
      if (isBack(node.step.id, way) && target) {
        roads.push({
          ...draw(key, people, climb(box, target, nth), "back"),
          gap: null,
          label: said && { ...said, x: box.x - 4, y: box.y + box.h + 14 },
        });
        return;
      }
      const lane = node.lanes.find((one) => one.way === way);
      const end = target ?? sent;
      const down = lane ? lane.x : target ? middle(target) : start;
      const d = lane
        ? throughLane(start, box.y + box.h, down, below, middle(end), end.y)
        : curveDown(start, box.y + box.h, down, below, end.y);
      roads.push({
        ...draw(key, people, d, "sent"),
        gap: {
          from: node.step.id,
          way,
          ...plusAt(lane !== undefined, start, box, down, below, end),
        },
        label: said && { ...said, x: down, y: below - 44 },
      });
    });
  }
  return {
    width: Math.max(width, triggerX + size.trigger.w),
    height: tops.end + size.outcome.h,
    trigger,
    steps: boxes,
    roads,
    outcome: { sent, held: heldBox },
    heldWords: heldBox ? { x: middle(heldBox), y: (firstRow() + tops.end) / 2 } : null,
  };
}

/** Everything a road brings but where it goes. */
function drawing(counts: Counts) {
  return (key: string, people: number | null, d: string, kind: Road["kind"]) => ({
    key,
    d,
    kind,
    width: counts.entered === 0 ? null : roadWidth(people ?? counts.held, counts.entered),
  });
}

/** 3 px for hardly anybody up to 12 px for all. */
export function roadWidth(people: number, of: number): number {
  if (of <= 0) return 3;
  return Math.round((3 + 9 * Math.min(1, people / of)) * 10) / 10;
}

/** Ways that lead back to a step that is being gone through: depth first, as the server looks. */
function backWays(steps: Step[], byId: Map<string, Step>): Set<string> {
  const back = new Set<string>();
  const state = new Map<string, "open" | "done">();
  function visit(step: Step): void {
    state.set(step.id, "open");
    for (const { way, to } of waysOf(step)) {
      const next = byId.get(to);
      if (!next) continue;
      if (state.get(to) === "open") back.add(`${step.id} ${way}`);
      else if (!state.has(to)) visit(next);
    }
    state.set(step.id, "done");
  }
  for (const step of steps) if (!state.has(step.id)) visit(step);
  return back;
}

/** Each step's row: below all it can be reached from. */
function rowsOf(
  steps: Step[],
  byId: Map<string, Step>,
  isBack: (from: string, way: Way) => boolean,
): Map<string, number> {
  const rows = new Map(steps.map((step) => [step.id, 0]));
  // No way leads round any more, so that as many passes as there are steps settle it.
  for (let pass = 0; pass < steps.length; pass++) {
    let moved = false;
    for (const step of steps)
      for (const { way, to } of waysOf(step)) {
        if (!byId.has(to) || isBack(step.id, way)) continue;
        const least = (rows.get(step.id) ?? 0) + 1;
        if ((rows.get(to) ?? 0) < least) {
          rows.set(to, least);
          moved = true;
        }
      }
    if (!moved) break;
  }
  return rows;
}

/** Places what stands below a step; tells how wide it is. */
function place(node: Node, x: number): number {
  node.x = x;
  let right = x;
  for (const { node: child } of node.children) {
    if (right > x) right += size.gap;
    right += place(child, right);
  }
  for (const lane of node.lanes) {
    if (right === x) {
      lane.x = x + size.card.w / 2; // nothing stands below: straight down
      right = x + size.card.w;
    } else {
      right = Math.max(right, x + size.card.w) + size.lane;
      lane.x = right - size.lane / 2;
    }
  }
  return Math.max(right - x, size.card.w);
}

/** The top of every row, and of the outcomes. */
function rowTops(
  depth: number,
  placed: Map<string, Node>,
  held: boolean,
  isBack: (from: string, way: Way) => boolean,
): { rows: number[]; end: number } {
  const curved = new Set<number>(held ? [-1] : []);
  for (const node of placed.values()) {
    const forward = waysOf(node.step).filter(({ way }) => !isBack(node.step.id, way));
    if (forward.length > 1) curved.add(node.row);
    // A lane turns towards its end in the gap above it.
    for (const lane of node.lanes) {
      const to = lane.to ? (placed.get(lane.to)?.row ?? 0) - 1 : depth;
      const end = lane.to ? (placed.get(lane.to)?.x ?? 0) : Number.NaN;
      if (lane.x !== end + size.card.w / 2) curved.add(to);
    }
  }
  const rows: number[] = [];
  let y: number = size.trigger.h;
  for (let row = 0; row <= depth; row++) {
    y += curved.has(row - 1) ? size.curved : size.straight;
    rows.push(y);
    y += size.card.h;
  }
  return { rows, end: y + (curved.has(depth) ? size.curved : size.straight) };
}

function middle(box: Box): number {
  return box.x + box.w / 2;
}

/** Down from a card, over to x before `bendEnd`, and straight on. */
function curveDown(x0: number, y0: number, x1: number, bendEnd: number, y1: number): string {
  if (Math.abs(x0 - x1) < 0.5) return `M${r(x0)} ${r(y0)}V${r(y1)}`;
  const turn = Math.min(bendEnd, y0 + size.curved) - 4;
  const half = (turn - y0) * 0.55;
  return `M${r(x0)} ${r(y0)}C${r(x0)} ${r(y0 + half)} ${r(x1)} ${r(turn - half)} ${r(x1)} ${r(turn)}V${r(y1)}`;
}

/**
 * Where the + stands on a road: right above the next card, in the middle of a lane, or at the
 * beginning where all of it is one curve.
 */
function plusAt(
  lane: boolean,
  start: number,
  box: Box,
  down: number,
  below: number,
  end: Box,
): { x: number; y: number } {
  if (!lane) return { x: down, y: below - 16 };
  const from = Math.max(below, end.y - size.curved + 8);
  if (Math.abs(down - middle(end)) < 0.5) return { x: down, y: end.y - 16 };
  if (from >= end.y - 8) return { x: start, y: box.y + box.h + 12 };
  return { x: down, y: (below + from) / 2 };
}

/** Down to a lane, along it, and over to the card at its end. */
function throughLane(
  x0: number,
  y0: number,
  lane: number,
  below: number,
  x1: number,
  y1: number,
): string {
  const first = curveDown(x0, y0, lane, below, Math.max(below, y1 - size.curved + 8));
  if (Math.abs(lane - x1) < 0.5) return `${first}V${r(y1)}`;
  const from = Math.max(below, y1 - size.curved + 8);
  if (from >= y1 - 8) return curveDown(x0, y0, x1, y1, y1); // no lane in between: one curve
  const half = (y1 - from) * 0.55;
  return `${first}C${r(lane)} ${r(from + half)} ${r(x1)} ${r(y1 - half)} ${r(x1)} ${r(y1)}`;
}

/** Out to the left and up again. */
function climb(from: Box, to: Box, nth: number): string {
  const out = Math.min(from.x, to.x) - size.back / 2 - nth * 6;
  const y0 = from.y + from.h / 2;
  const y1 = to.y + to.h / 2;
  return `M${r(from.x)} ${r(y0)}H${r(out + 8)}Q${r(out)} ${r(y0)} ${r(out)} ${r(y0 - 8)}V${r(y1 + 8)}Q${r(out)} ${r(y1)} ${r(out + 8)} ${r(y1)}H${r(to.x)}`;
}

function r(n: number): number {
  return Math.round(n * 10) / 10;
}
