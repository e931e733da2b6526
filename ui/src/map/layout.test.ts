import { describe, expect, it } from "vitest";
import { hardMap, recruitingMap } from "./fixtures/recruiting.ts";
import { type Box, layout, sizes } from "./layout.ts";
import { roads } from "./roads.ts";
import { buildTree } from "./tree.ts";

const tree = buildTree(recruitingMap());
const hard = buildTree(hardMap());

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

describe("layout", () => {
  it("gives the same picture for the same input", () => {
    expect(layout(hard, { level: "L" })).toEqual(layout(buildTree(hardMap()), { level: "L" }));
  });

  it("stands in the columns of the drawing: 28 · 272 · 66 · 204 · 66 · 204 · 200 · 204 · 28", () => {
    const picture = layout(tree, { level: "L" });
    const lefts = [...new Set(picture.boxes.map((box) => box.x))].sort((a, b) => a - b);
    expect(lefts).toEqual([28, 366, 636, 1040]);
    expect(picture.width).toBe(1272);
  });

  it("puts leaves on rows and parents at the mean of their children", () => {
    const picture = layout(tree, { level: "L" });
    const middle = (id: string) => {
      const box = picture.byId.get(id) as Box;
      return box.y + box.h / 2;
    };
    expect(middle("followers") - middle("reels")).toBe(sizes.L.pitch);
    expect(middle("impressions")).toBe((middle("reels") + middle("followers")) / 2);
    expect(middle("applications")).toBe((middle("visits") + middle("apply_rate")) / 2);
  });

  it("makes the KGI as high as its children reach", () => {
    const picture = layout(tree, { level: "L" });
    const kgi = picture.byId.get("applications") as Box;
    const first = picture.byId.get("visits") as Box;
    const last = picture.byId.get("apply_rate") as Box;
    expect(kgi.y).toBe(first.y);
    expect(kgi.y + kgi.h).toBe(last.y + last.h);
  });

  it.each(["L", "M", "S"] as const)("lets no two cards overlap at %s", (level) => {
    const { boxes, width, height } = layout(hard, { level });
    boxes.forEach((a, i) => {
      for (const b of boxes.slice(i + 1)) expect(overlaps(a, b), `${a.id} and ${b.id}`).toBe(false);
      expect(a.x >= 0 && a.y >= 0 && a.x + a.w <= width && a.y + a.h <= height, a.id).toBe(true);
    });
  });

  it("draws a shared child once", () => {
    const ids = layout(hard, { level: "L" }).boxes.map((box) => box.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(hardMap().indicators.length);
  });

  it("folds a branch away and says how much is behind it", () => {
    const picture = layout(tree, { level: "L", folded: new Set(["visits"]) });
    expect(picture.byId.has("ctr")).toBe(false);
    expect(picture.byId.get("visits")?.folded).toBe(5);
    expect(picture.links.some((link) => link.from.id === "ctr")).toBe(false);
  });

  it("spreads the rows over the height at S, never closer than cards allow", () => {
    const low = layout(tree, { level: "S", fill: 300 });
    const high = layout(tree, { level: "S", fill: 700 });
    expect(high.height).toBeGreaterThan(low.height);
    expect(high.height).toBeLessThanOrEqual(700);
  });

  it("leaves room for the goal above the KGI, but not at S", () => {
    const picture = layout(tree, { level: "M", folded: new Set(["applications"]) });
    const kgi = picture.boxes[0] as Box;
    expect(picture.goal && picture.goal.y + picture.goal.h).toBeLessThan(kgi.y);
    expect(picture.goal?.y).toBeGreaterThanOrEqual(0);
    expect(layout(tree, { level: "S" }).goal).toBeNull();
  });

  it("draws nothing from nothing", () => {
    const empty = buildTree({ indicators: [], junctions: [], links: [] });
    expect(layout(empty, { level: "L" }).boxes).toEqual([]);
  });

  it("lays out a hundred cards", () => {
    const ids = Array.from({ length: 100 }, (_, i) => `n${i}`);
    const big = buildTree({
      indicators: ids.map((id, i) => ({ id, is_kgi: i === 0 })),
      junctions: [],
      links: ids.slice(1).map(
        (from, i) =>
          ({
            ...(recruitingMap().links[0] as object),
            from,
            to: `n${Math.floor(i / 3)}`,
          }) as never,
      ),
    });
    expect(layout(big, { level: "L" }).boxes.length).toBe(100);
  });
});

describe("roads", () => {
  it("run from every drawn child to its parent", () => {
    const picture = layout(hard, { level: "L" });
    const drawn = roads(picture, hardMap().links);
    expect(drawn.length).toBe(hardMap().links.length);
    for (const road of drawn) expect(road.d).toMatch(/^M[-\d. ]+/);
  });

  it("say 未測定 as a dashed road until something was measured", () => {
    const kinds = new Set(
      roads(layout(tree, { level: "L" }), recruitingMap().links).map((road) => road.kind),
    );
    expect([...kinds].sort()).toEqual(["formula", "unmeasured"]);
  });

  it("give influences a pill on the child's line, but none at S", () => {
    const picture = layout(tree, { level: "L" });
    const reels = roads(picture, recruitingMap().links).find((road) => road.from === "reels");
    const box = picture.byId.get("reels") as Box;
    expect(reels?.pill).toMatchObject({ x: box.x - 24, y: box.y + box.h / 2 });
    const small = roads(layout(tree, { level: "S" }), recruitingMap().links);
    expect(small.every((road) => road.pill === null)).toBe(true);
  });

  it("speak by themselves while they are few, then only the strongest and the broken", () => {
    const { links } = recruitingMap();
    const moves = { verdict: "moves" as const, effect: { elasticity: 0.5, ci95: [0.4, 0.6] } };
    const measured = links.map((link) =>
      link.from === "reels" ? { ...link, ...moves } : { ...link, n_days: 90 },
    );
    const few = roads(layout(tree, { level: "L" }), measured);
    expect(few.filter((road) => road.loud).length).toBe(5);
    expect(few.find((road) => road.from === "reels")?.width).toBe(6.5);

    const reply = recruitingMap();
    const seed = reply.indicators.find((one) => one.id === "likes");
    const link = reply.links.find((one) => one.from === "likes");
    if (!seed || !link) throw new Error("the fixture lost its likes");
    for (let i = 0; i < 20; i++) {
      reply.indicators.push({ ...seed, id: `x${i}` });
      const extra = { ...link, from: `x${i}` };
      const broke = { elasticity: 0, ci95: [0, 0] };
      reply.links.push(
        i === 0
          ? {
              ...extra,
              break: { date: "2026-08-24", range: [], p_value: 0, before: broke, after: broke },
            }
          : { ...extra, ...moves, effect: { elasticity: i / 20, ci95: [0, 1] } },
      );
    }
    const many = roads(layout(buildTree(reply), { level: "L" }), reply.links);
    expect(many.filter((road) => road.loud && road.kind === "moves").length).toBe(6);
    expect(many.find((road) => road.from === "x0")).toMatchObject({ kind: "broken", loud: true });
    expect(many.find((road) => road.from === "x1")?.loud).toBe(false);
  });

  it("say while the links are being measured that they are", () => {
    const drawn = roads(layout(tree, { level: "L" }), recruitingMap().links, true);
    expect(new Set(drawn.map((road) => road.kind))).toEqual(new Set(["formula", "checking"]));
  });

  it("reach a card side by side", () => {
    const drawn = roads(layout(tree, { level: "L" }), recruitingMap().links);
    const ends = drawn.filter((road) => road.to === "impressions").map((road) => road.end.y);
    expect(Math.abs((ends[0] ?? 0) - (ends[1] ?? 0))).toBe(32);
  });
});
