import type { MapLink } from "../api/types.ts";
import type { Branch, MapTree } from "./tree.ts";

/** L shows everything on a card, M drops its last line, S keeps name, value and mark. */
export type Level = "L" | "M" | "S";

interface Sizes {
  card: { w: number; h: number };
  /** The KGI's card; its height follows its children between these. */
  kgi: { w: number; min: number; max: number };
  /** From row to row, card included. */
  pitch: number;
  /** Between columns: joined by formula only, and with pills on the way. */
  gap: { formula: number; influence: number };
  tight: { formula: number; influence: number };
}

export const sizes: Record<Level, Sizes> = {
  L: {
    card: { w: 204, h: 116 },
    kgi: { w: 272, min: 340, max: 440 },
    pitch: 134,
    gap: { formula: 66, influence: 200 },
    tight: { formula: 44, influence: 164 },
  },
  M: {
    card: { w: 204, h: 88 },
    kgi: { w: 272, min: 320, max: 400 },
    pitch: 104,
    gap: { formula: 66, influence: 200 },
    tight: { formula: 44, influence: 164 },
  },
  S: {
    card: { w: 144, h: 60 },
    kgi: { w: 168, min: 162, max: 162 },
    pitch: 76,
    gap: { formula: 44, influence: 92 },
    tight: { formula: 36, influence: 72 },
  },
};

/** Space around the whole picture, and of the block above the KGI. */
const EDGE = 28;
const TOP = 16;
const GOAL = { h: 60, above: 84 };
const STRIP = { above: 32, title: 32, gap: 16 };
const STRETCH = 134;

export interface Box {
  id: string;
  x: number;
  y: number;
  w: number;
  h: number;
  column: number;
  kgi: boolean;
  /** How many cards are folded away behind it. */
  folded: number;
}

export interface Joint {
  parent: string;
  x: number;
  y: number;
}

export interface MapLayout {
  level: Level;
  width: number;
  height: number;
  boxes: Box[];
  byId: ReadonlyMap<string, Box>;
  /** Where siblings meet before their parent: the formula's sign stands here. */
  joints: Joint[];
  /** The links that are drawn: of the tree first, then the extra ones. */
  links: { from: Box; to: Box; kind: Branch["kind"]; extra: boolean }[];
  /** Room for the management goal above the KGI; null at S. */
  goal: { x: number; y: number; w: number; h: number } | null;
  /** Where the title of the unlinked strip stands; null without any. */
  strip: { x: number; y: number } | null;
}

export interface LayoutOptions {
  level: Level;
  /** Less air between the columns. */
  tight?: boolean;
  /** Cards whose branches are folded away. */
  folded?: ReadonlySet<string>;
  /** At S, rows spread to fill this height. */
  fill?: number;
}

/** Where everything stands. A pure function of its arguments: same input, same picture. */
export function layout(tree: MapTree, options: LayoutOptions): MapLayout {
  const size = sizes[options.level];
  const folded = options.folded ?? new Set<string>();
  const shown = (id: string) => (folded.has(id) ? [] : (tree.branches.get(id) ?? []));

  const columns: string[][] = [];
  const hasInfluence: boolean[] = [];
  let rows = 0;
  const order: { id: string; column: number; row: number | null }[] = [];
  function walk(id: string, column: number): void {
    columns[column] = [...(columns[column] ?? []), id];
    const children = shown(id);
    order.push({ id, column, row: children.length === 0 ? rows++ : null });
    for (const child of children) {
      if (child.kind === "influence") hasInfluence[column] = true;
      walk(child.id, column + 1);
    }
  }
  if (tree.root !== null) walk(tree.root, 0);

  const gap = options.tight ? size.tight : size.gap;
  const lefts: number[] = [];
  let right = EDGE;
  columns.forEach((_, column) => {
    if (column > 0) right += hasInfluence[column - 1] ? gap.influence : gap.formula;
    lefts.push(right);
    right += column === 0 ? size.kgi.w : size.card.w;
  });

  const strip = stripOf(tree.unlinked.length, size, right + EDGE);
  const pitch = rowPitch(options, size, rows, strip.height);
  const centres = new Map<string, number>();
  for (const { id, row } of [...order].reverse()) {
    const children = shown(id).map((child) => centres.get(child.id) ?? 0);
    const centre =
      row !== null
        ? row * pitch + size.card.h / 2
        : children.reduce((sum, y) => sum + y, 0) / children.length;
    centres.set(id, centre);
  }

  const boxes = order.map(({ id, column }): Box => {
    const kgi = column === 0;
    const centre = centres.get(id) ?? 0;
    const h = kgi ? kgiHeight(shown(id), centres, size) : size.card.h;
    return {
      id,
      x: lefts[column] ?? EDGE,
      y: centre - h / 2,
      w: kgi ? size.kgi.w : size.card.w,
      h,
      column,
      kgi,
      folded: folded.has(id) ? countBelow(tree, id) : 0,
    };
  });

  const goalAbove = options.level === "S" ? 0 : GOAL.above;
  const root = boxes[0];
  const top = Math.min(...boxes.map((box) => box.y), root ? root.y - goalAbove : 0, 0);
  for (const box of boxes) box.y += TOP - top;
  let height = Math.max(TOP, ...boxes.map((box) => box.y + box.h)) + TOP;
  const stripTop = boxes.length > 0 ? height - TOP + STRIP.above : TOP;
  tree.unlinked.forEach((id, i) => {
    boxes.push({
      id,
      x: EDGE + (i % strip.perRow) * strip.step,
      y: stripTop + STRIP.title + Math.floor(i / strip.perRow) * (size.card.h + STRIP.gap),
      w: size.card.w,
      h: size.card.h,
      column: -1,
      kgi: false,
      folded: 0,
    });
  });
  height = Math.max(TOP, ...boxes.map((box) => box.y + box.h)) + TOP;

  const byId = new Map(boxes.map((box) => [box.id, box]));
  return {
    level: options.level,
    width: strip.width,
    height,
    boxes,
    byId,
    joints: joints(boxes, shown, gap.formula),
    links: drawnLinks(boxes, byId, shown, tree.extra),
    goal:
      root && goalAbove > 0
        ? { x: root.x, y: root.y - goalAbove, w: root.w + 40, h: GOAL.h }
        : null,
    strip: tree.unlinked.length > 0 ? { x: EDGE, y: stripTop } : null,
  };
}

/** At S the rows spread over the height there is, the unlinked strip's left out. */
function rowPitch(options: LayoutOptions, size: Sizes, rows: number, below: number): number {
  if (options.level !== "S" || !options.fill || rows < 2) return size.pitch;
  const room = Math.floor((options.fill - 2 * TOP - below - size.card.h) / (rows - 1));
  return Math.min(STRETCH, Math.max(size.pitch, room));
}

/** The unlinked cards in rows under the tree: as wide as the tree, but at least four cards. */
function stripOf(count: number, size: Sizes, treeWidth: number) {
  const step = size.card.w + STRIP.gap;
  const least = count === 0 ? 0 : EDGE * 2 + Math.min(count, 4) * step - STRIP.gap;
  const width = Math.max(treeWidth, least);
  const perRow = Math.max(1, Math.floor((width - EDGE * 2 + STRIP.gap) / step));
  const rows = Math.ceil(count / perRow);
  const height = count === 0 ? 0 : STRIP.above + STRIP.title + rows * (size.card.h + STRIP.gap);
  return { step, width, perRow, height };
}

/** Top and bottom exactly those of the first and last child, where that is a good height. */
function kgiHeight(children: Branch[], centres: Map<string, number>, size: Sizes): number {
  const ys = children.map((child) => centres.get(child.id) ?? 0);
  const span = ys.length > 0 ? Math.max(...ys) - Math.min(...ys) + size.card.h : 0;
  return Math.min(size.kgi.max, Math.max(size.kgi.min, span));
}

function countBelow(tree: MapTree, id: string): number {
  return (tree.branches.get(id) ?? []).reduce(
    (sum, child) => sum + 1 + countBelow(tree, child.id),
    0,
  );
}

function joints(boxes: Box[], shown: (id: string) => Branch[], gap: number): Joint[] {
  return boxes
    .filter((box) => box.column >= 0 && shown(box.id).some((child) => child.kind === "formula"))
    .map((box) => ({ parent: box.id, x: box.x + box.w + gap / 2, y: box.y + box.h / 2 }));
}

function drawnLinks(
  boxes: Box[],
  byId: Map<string, Box>,
  shown: (id: string) => Branch[],
  extra: MapLink[],
): MapLayout["links"] {
  const links: MapLayout["links"] = [];
  for (const to of boxes) {
    if (to.column < 0) continue;
    for (const child of shown(to.id)) {
      const from = byId.get(child.id);
      if (from) links.push({ from, to, kind: child.kind, extra: false });
    }
  }
  for (const link of extra) {
    const from = byId.get(link.from);
    const to = byId.get(link.to);
    if (from && to) links.push({ from, to, kind: link.kind, extra: true });
  }
  return links;
}
