import { expect, test } from "vitest";
import { placeProblem } from "./problemPlace.ts";

const YAML = `shirube: 1
kgi:
  id: k
  formula: visits * * rate
kpis:
  visits: {name: 訪問数, unit: 回, formula: "a *", target: {hold: x, per: month}}
  rate:
    name: 率
    measure: web.a / web.b
influences:
  - {from: likes, to: nowhere, lag: x}
`;
const at = (line: number, col: number) =>
  placeProblem(YAML, { file: "model", line, col, message: "だめ。", mend: "直して。" });

test("a formula in a block: the character is counted from 0", () => {
  const col = "  formula: visits * * rate".indexOf("* *") + 3;
  expect(at(4, col)).toEqual({ field: "formula", at: 9, message: "だめ。 直して。" });
});

test("a quoted formula inside a flow entry: the quote does not count", () => {
  const line = YAML.split("\n")[5] ?? "";
  const col = [...line.slice(0, line.indexOf('"a *"'))].length + 1 + 2; // the quote, then 「 」 of "a *"
  expect(at(6, col + 1)).toMatchObject({ field: "formula", at: 2 });
});

test.each([
  [6, "{hold: x".length, "target", "hold: x"],
  [6, 0, "unit", "unit: 回"],
  [11, 0, "links", "to: nowhere"],
  [8, 0, "name", "name: 率"],
] as const)("line %i belongs to %s", (line, _, field, text) => {
  const source = YAML.split("\n")[line - 1] ?? "";
  const col = [...source.slice(0, source.indexOf(text) + text.length - 1)].length + 1;
  expect(at(line, col).field).toBe(field);
});

test("what cannot be placed is still told", () => {
  expect(at(1, 1)).toMatchObject({ field: "other", message: "だめ。 直して。" });
  expect(at(99, 1).field).toBe("other");
});
