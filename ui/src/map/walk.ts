import type { Box, MapLayout } from "./layout.ts";
import type { MapTree } from "./tree.ts";

/** The keys that walk the map. */
export type Step = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End";

const STEPS = new Set<string>(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);

export function isStep(key: string): key is Step {
  return STEPS.has(key);
}

/**
 * Where an arrow leads from a card: left to what it leads to, right to its nearest child,
 * up and down within the column; Home is the KGI, End the last card. Null where there is nothing.
 */
export function step(layout: MapLayout, tree: MapTree, from: string, key: Step): string | null {
  const here = layout.byId.get(from);
  if (!here) return layout.boxes[0]?.id ?? null;
  if (key === "Home") return layout.boxes[0]?.id ?? null;
  if (key === "End") return layout.boxes.at(-1)?.id ?? null;
  if (here.column < 0) return inStrip(layout, here, key);
  if (key === "ArrowLeft") return tree.parents.get(from) ?? null;
  if (key === "ArrowRight") {
    const children = (tree.branches.get(from) ?? [])
      .map((branch) => layout.byId.get(branch.id))
      .filter((box): box is Box => box !== undefined);
    return nearest(children, here)?.id ?? null;
  }
  const down = key === "ArrowDown";
  const column = layout.boxes.filter(
    (box) => box.column === here.column && (down ? box.y > here.y : box.y < here.y),
  );
  const next = nearest(column, here);
  if (next) return next.id;
  return down ? (layout.boxes.find((box) => box.column < 0)?.id ?? null) : null;
}

function inStrip(layout: MapLayout, here: Box, key: Step): string | null {
  const strip = layout.boxes.filter((box) => box.column < 0);
  const at = strip.indexOf(here);
  if (key === "ArrowLeft") return strip[at - 1]?.id ?? null;
  if (key === "ArrowRight") return strip[at + 1]?.id ?? null;
  const rows = strip.filter((box) => (key === "ArrowDown" ? box.y > here.y : box.y < here.y));
  return nearest(rows, here)?.id ?? (key === "ArrowUp" ? (layout.boxes[0]?.id ?? null) : null);
}

function nearest(boxes: Box[], to: Box): Box | undefined {
  const away = (box: Box) =>
    Math.abs(box.y + box.h / 2 - to.y - to.h / 2) + Math.abs(box.x - to.x) / 1000;
  return [...boxes].sort((a, b) => away(a) - away(b))[0];
}
