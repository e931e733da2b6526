import type { Box, Layout } from "./layout.ts";

export type Arrow = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight" | "Home" | "End";
const ARROWS = new Set<string>(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

export function isArrow(key: string): key is Arrow {
  return ARROWS.has(key);
}

/** The card an arrow leads to: the nearest that way, what lies straight ahead first. */
export function walk(layout: Layout, from: string, key: Arrow): string | null {
  const all = [layout.trigger, ...layout.steps.values()];
  if (key === "Home") return layout.trigger.id;
  if (key === "End") return byRow(all).at(-1)?.id ?? null;
  const here = all.find((box) => box.id === from);
  if (!here) return layout.trigger.id;
  const upright = key === "ArrowUp" || key === "ArrowDown";
  const sign = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
  let best: { id: string; cost: number } | null = null;
  for (const box of all) {
    const dx = box.x + box.w / 2 - (here.x + here.w / 2);
    const dy = box.y - here.y;
    const ahead = (upright ? dy : dx) * sign;
    if (box === here || ahead <= 0 || (!upright && Math.abs(dx) < box.w / 2)) continue;
    const cost = ahead + Math.abs(upright ? dx : dy) * 2;
    if (best === null || cost < best.cost) best = { id: box.id, cost };
  }
  return best?.id ?? null;
}

function byRow(boxes: Box[]): Box[] {
  return [...boxes].sort((a, b) => a.y - b.y || a.x - b.x);
}
