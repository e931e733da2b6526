import { describe, expect, it } from "vitest";
import { recruitingMap } from "./fixtures/recruiting.ts";
import { type Box, layout } from "./layout.ts";
import { buildTree } from "./tree.ts";
import { farthest, fitted, levelAt, nearest, reveal, zoomAround, zoomFor } from "./zoom.ts";

const tree = buildTree(recruitingMap());

describe("levelAt", () => {
  it("drops lines instead of shrinking letters", () => {
    expect(levelAt(1)).toEqual({ level: "L", scale: 1 });
    for (let zoom = farthest; zoom <= nearest; zoom += 0.01) {
      const { level, scale } = levelAt(zoom);
      if (level !== "S") expect(scale).toBeGreaterThan(0.78);
      expect(zoomFor(level, scale)).toBeCloseTo(zoom, 5);
    }
  });
});

describe("fitted", () => {
  it("shows the whole map at full size on a wide screen", () => {
    const { view, layout: picture } = fitted(tree, { w: 1272, h: 692 }, new Set());
    expect(picture.level).toBe("L");
    expect(levelAt(view.zoom).scale).toBe(1);
  });
  it("drops a line on a low screen", () => {
    expect(fitted(tree, { w: 1272, h: 540 }, new Set()).layout.level).toBe("M");
  });
  it("takes small cards beside the open drawer", () => {
    expect(fitted(tree, { w: 832, h: 680 }, new Set()).layout.level).toBe("S");
  });
  it("keeps letters readable however small the room is", () => {
    const { view } = fitted(tree, { w: 300, h: 200 }, new Set());
    expect(levelAt(view.zoom).scale).toBeGreaterThan(0.69);
  });
});

it("keeps the card under the pointer while the level changes", () => {
  const { view, layout: before } = fitted(tree, { w: 1272, h: 692 }, new Set());
  const box = before.byId.get("ctr") as Box;
  const point = { x: view.x + box.x + box.w / 2, y: view.y + box.y + box.h / 2 };
  const after = layout(tree, { level: "S" });
  const zoom = zoomFor("S", 1);
  const next = zoomAround(view, before, after, zoom, point);
  const small = after.byId.get("ctr") as Box;
  const { scale } = levelAt(zoom);
  expect(next.x + (small.x + small.w / 2) * scale).toBeCloseTo(point.x);
  expect(next.y + (small.y + small.h / 2) * scale).toBeCloseTo(point.y);
});

it("moves only when a card is out of sight", () => {
  const view = { zoom: 1, tight: false, fill: 0, x: 0, y: 0 };
  const room = { w: 800, h: 600 };
  expect(reveal(view, { x: 100, y: 100, w: 204, h: 116 }, room)).toBeNull();
  expect(reveal(view, { x: 900, y: 100, w: 204, h: 116 }, room)).toEqual({
    ...view,
    x: -328,
    y: 0,
  });
  expect(reveal(view, { x: -50, y: 100, w: 204, h: 116 }, room)?.x).toBe(74);
});
