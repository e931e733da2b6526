import { expect, test } from "vitest";
import { outlineOf } from "./outline.ts";

const MODEL = `# 地図
shirube: 1
kgi:
  id: applications
  name: "採用応募数"
  target: {total: 100, by: 2027-03-31}
  formula: visits * apply_rate
kpis:
  visits: {name: 訪問数, formula: impressions * ctr}
  apply_rate:
    name: 応募率   # 率
    measure: web.a / web.b
  impressions: {name: 表示回数}
  ctr: {name: クリック率}
  likes: {name: いいね数}
  lonely: {name: ひとり}
influences:
  - {from: likes, to: impressions, lag: 0..14}
sources: {}
`;

const drawn = (text: string) =>
  outlineOf(text).map(({ node, depth, by }) => `${" ".repeat(depth)}${by} ${node.name}`);

test("the tree as it stands in the text", () => {
  expect(drawn(MODEL)).toEqual([
    "kgi 採用応募数",
    " formula 訪問数",
    "  formula 表示回数",
    "   influence いいね数",
    "  formula クリック率",
    " formula 応募率",
    "loose ひとり",
  ]);
});

test("knows where each entry begins and whether it has a target", () => {
  const rows = outlineOf(MODEL);
  expect(rows[0]?.node.hasTarget).toBe(true);
  expect(rows[1]?.node.hasTarget).toBe(false);
  const likes = rows.find((row) => row.node.id === "likes");
  expect(MODEL.slice(likes?.node.at).startsWith("likes:")).toBe(true);
});

test("half-typed and circular text still gives an outline", () => {
  expect(drawn(MODEL.replace("visits * apply_rate", "visits *"))).toContain("kgi 採用応募数");
  expect(drawn("kgi:\n  id: a\n  formula: b\nkpis:\n  b: {formula: a}\n")).toEqual([
    "kgi a",
    " formula b",
    "  formula a",
  ]);
  expect(outlineOf("")).toEqual([]);
  expect(outlineOf("kgi: [")).toHaveLength(1);
});
