import { describe, expect, it } from "vitest";
import type { MapLink } from "../api/types.ts";
import { hardMap, recruitingMap } from "./fixtures/recruiting.ts";
import { buildTree, descendants, levels, worst } from "./tree.ts";

/** A small reply: the first id is the KGI, "a<b" means b's formula feeds a, "a~b" that b influences a. */
function reply(ids: string, ...links: string[]) {
  const indicators = ids.split(" ").map((id, i) => ({ id, is_kgi: i === 0 }));
  return {
    indicators,
    junctions: [],
    links: links.map((text) => {
      const [to, from] = text.split(/[<~]/) as [string, string];
      return { from, to, kind: text.includes("<") ? "formula" : "influence" } as MapLink;
    }),
  };
}

describe("buildTree", () => {
  it("draws every indicator once, formulas before influences", () => {
    const tree = buildTree(reply("k a b c", "k~c", "k<a", "k<b"));
    expect(tree.root).toBe("k");
    expect(tree.branches.get("k")?.map((branch) => branch.id)).toEqual(["a", "b", "c"]);
    expect(tree.extra).toEqual([]);
    expect(tree.unlinked).toEqual([]);
  });

  it("puts a shared child under its deepest formula parent, the other road stays", () => {
    const tree = buildTree(reply("k a d", "k<a", "k<d", "a<d"));
    expect(tree.parents.get("d")).toBe("a");
    expect(tree.extra.map((link) => [link.from, link.to])).toEqual([["d", "k"]]);
  });

  it("hangs an influence under the deepest card it leads to", () => {
    const tree = buildTree(reply("k a x", "k<a", "k~x", "a~x"));
    expect(tree.parents.get("x")).toBe("a");
    expect(tree.extra.map((link) => link.to)).toEqual(["k"]);
  });

  it("lets a loop of influences end where a card stands already", () => {
    const tree = buildTree(reply("k a b", "k<a", "a~b", "b~a"));
    expect(tree.parents.get("b")).toBe("a");
    expect(tree.parents.get("a")).toBe("k");
    expect(tree.extra.map((link) => [link.from, link.to])).toEqual([["a", "b"]]);
  });

  it("ends even when a reply has a cycle of formulas", () => {
    const tree = buildTree(reply("k a b", "k<a", "a<b", "b<a"));
    expect(levels(tree).get("k")).toBe(0);
  });

  it("keeps what has no road to the KGI apart, with its own inputs", () => {
    const tree = buildTree(reply("k a x y", "k<a", "x<y"));
    expect(tree.unlinked).toEqual(["x", "y"]);
  });

  it("follows formulas below an influence", () => {
    const tree = buildTree(reply("k x y z", "k~x", "x<y", "y~z"));
    expect([...levels(tree)]).toEqual([
      ["k", 0],
      ["x", 1],
      ["y", 2],
      ["z", 3],
    ]);
  });

  it("is empty without indicators", () => {
    expect(buildTree({ indicators: [], junctions: [], links: [] }).root).toBeNull();
  });

  it("takes the signs from the junctions", () => {
    const tree = buildTree(hardMap());
    const signs = tree.branches.get("impressions")?.map((branch) => branch.sign);
    expect(signs).toEqual(["＋", "－", null, null]);
  });
});

it("counts what is below a card", () => {
  const tree = buildTree(recruitingMap());
  expect(descendants(tree, "visits").sort()).toEqual([
    "ctr",
    "followers",
    "impressions",
    "likes",
    "reels",
  ]);
});

it("shows the status most in need of a look", () => {
  expect(worst(["met", "behind", "on-pace"])).toBe("behind");
  expect(worst(["met", "missed", null])).toBe("missed");
  expect(worst(["met", "no-data"])).toBe("no-data");
  expect(worst([null])).toBeNull();
});
