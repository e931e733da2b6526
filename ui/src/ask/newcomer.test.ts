import { expect, test } from "vitest";
import type { FindingCard } from "../api/types.ts";
import { firstOfEachKind } from "./newcomer.ts";

const cards = (...titles: string[]) =>
  titles.map((title, at) => ({ title, key: `${at}` }) as FindingCard);

test.each([
  { name: "one of each, in their order", titles: ["a", "a", "b", "a", "c", "d"], want: "0 2 4" },
  { name: "fewer kinds than places", titles: ["a", "a", "a"], want: "0" },
  { name: "nothing", titles: [], want: "" },
])("$name", ({ titles, want }) => {
  expect(
    firstOfEachKind(cards(...titles))
      .map((one) => one.key)
      .join(" "),
  ).toBe(want);
});
