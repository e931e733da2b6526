import { expect, it } from "vitest";
import { matching } from "./matching.ts";

const all = ["リール投稿数", "投稿のリール", "クリック率", "CTR"].map((name, i) => ({
  id: `id${i}`,
  name,
  owner: i === 2 ? "佐藤" : "",
  definition: "",
}));
const names = (text: string) => matching(all, text).map((one) => one.name);

it.each([
  ["リール", ["リール投稿数", "投稿のリール"]],
  ["りーる", ["リール投稿数", "投稿のリール"]],
  ["ｃｔｒ", ["CTR"]],
  ["佐藤", ["クリック率"]],
  ["id3", ["CTR"]],
  ["そんな名前", []],
])("%s", (text, found) => {
  expect(names(text)).toEqual(found);
});
