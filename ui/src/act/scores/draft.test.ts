import { expect, it } from "vitest";
import type { Card } from "../../api/useScores.ts";
import { adopted, compared, freeId, lean, problemsUnder, starter } from "./draft.ts";

const mine: Card = {
  name: "見込み",
  hot: 20,
  groups: [{ name: "見た", most: 9 }],
  behaviour: [
    { id: "price", name: "料金", page: "/price", points: 5, group: "見た" },
    {
      id: "doc",
      name: "資料",
      event: "download",
      points: 9,
      verb: { ja: "保存した", en: "Saved" },
    },
  ],
  fit: [{ id: "job", name: "人事", if: { tag: "hr" }, points: 4 }],
};
const learned: Card = {
  name: "学んだ点",
  behaviour: [
    { id: "r1", name: "download", event: "download", points: 7, times: 2, days: 30 },
    { id: "r2", name: "事例", page: "/case", points: 3 },
  ],
  bands: [{ name: "A", from: 8 }],
};

it("puts the same thing beside the same, and what one alone has behind it", () => {
  expect(
    compared(mine, learned).map((one) => [one.name, one.mine?.points, one.learned?.points]),
  ).toEqual([
    ["資料", 9, 7],
    ["事例", undefined, 3],
    ["料金", 5, undefined],
    ["人事", 4, undefined],
  ]);
});

it("takes proposed points over under the names people know", () => {
  const next = adopted(mine, learned);
  expect(next.name).toBe("見込み");
  expect(next.hot).toBe(20);
  expect(next.bands).toEqual([{ name: "A", from: 8 }]);
  expect(next.behaviour?.map((one) => [one.id, one.name, one.points, one.verb?.ja])).toEqual([
    ["l1", "資料", 7, "保存した"],
    ["l2", "事例", 3, undefined],
  ]);
  expect(next.fit).toEqual([]);
});

it("finds free ids, leaves out what says nothing and places what is wrong", () => {
  expect(freeId(starter("a", "b", "c"))).toBe("r3");
  expect(lean({ id: "a", days: 0, decay: null, points: -3 })).toEqual({ id: "a", points: -3 });
  const said = [
    { location: "body.card.fit[0].if.all[1].did", message: "x" },
    { location: "body.card.fit[10]", message: "y" },
  ];
  expect(problemsUnder(said, "fit[0].if")).toEqual([{ path: "all[1].did", message: "x" }]);
  expect(problemsUnder(said, "fit[1]")).toEqual([]);
});
