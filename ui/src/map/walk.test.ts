import { expect, it } from "vitest";
import { hardMap } from "./fixtures/recruiting.ts";
import { layout } from "./layout.ts";
import { buildTree } from "./tree.ts";
import { type Step, step } from "./walk.ts";

const tree = buildTree(hardMap());
const picture = layout(tree, { level: "L" });

it.each<[string, Step, string | null]>([
  ["applications", "ArrowRight", "visits"],
  ["visits", "ArrowLeft", "applications"],
  ["visits", "ArrowDown", "apply_rate"],
  ["apply_rate", "ArrowUp", "visits"],
  ["applications", "ArrowLeft", null],
  ["applications", "ArrowUp", null],
  ["dm_hours", "ArrowRight", null],
  ["dm_hours", "Home", "applications"],
  ["apply_rate", "ArrowDown", "saves"],
  ["saves", "ArrowRight", "zero"],
  ["zero", "ArrowLeft", "saves"],
  ["saves", "ArrowUp", "applications"],
])("from %s, %s leads to %s", (from, key, to) => {
  expect(step(picture, tree, from, key)).toBe(to);
});

it("reaches every card with arrows alone", () => {
  const seen = new Set<string>();
  const queue = ["applications"];
  while (queue.length > 0) {
    const here = queue.pop() as string;
    if (seen.has(here)) continue;
    seen.add(here);
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"] as const) {
      const next = step(picture, tree, here, key);
      if (next) queue.push(next);
    }
  }
  expect(seen.size).toBe(hardMap().indicators.length);
});
