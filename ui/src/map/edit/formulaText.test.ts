import { describe, expect, test } from "vitest";
import { insertAt, joinPart, namesIn, readFormula, withoutPart } from "./formulaText.ts";

const NAMES: Record<string, string> = { visits: "訪問数", apply_rate: "応募率", a: "あ" };
const nameOf = (id: string) => NAMES[id];

test("namesIn lists names, not functions", () => {
  expect(namesIn("max(visits, apply_rate) * 2 + visits + max")).toEqual([
    "visits",
    "apply_rate",
    "max",
  ]);
});

test.each([
  ["visits * apply_rate", "訪問数 × 応募率"],
  ["visits/2 - a", "訪問数 ÷ 2 − あ"],
  ["sum(visits, a)", "sum(訪問数, あ)"],
  ["unknown+a", "unknown ＋ あ"],
])("readFormula %s", (formula, words) => expect(readFormula(formula, nameOf)).toBe(words));

describe("insertAt", () => {
  test.each([
    ["", 0, "visits", "visits"],
    ["visits", 6, "a", "visits * a"],
    ["visits * ", 9, "a", "visits * a"],
    ["(", 1, "a", "(a"],
    ["visits", 6, "/", "visits /"],
    ["a + ", 4, "(", "a + ("],
  ])("%s at %i: %s", (text, at, what, out) => {
    const { text: result, cursor } = insertAt(text, at, at, what);
    expect(result).toBe(out);
    expect(cursor).toBe(out.length);
  });

  test("replaces what is selected", () => {
    expect(insertAt("visits * b", 9, 10, "a").text).toBe("visits * a");
  });

  test("in the middle keeps what follows apart", () => {
    expect(insertAt("a b", 2, 2, "*").text).toBe("a * b");
  });
});

test.each([
  ["", "*", "c", "c"],
  ["a * b", "*", "c", "a * b * c"],
  ["a + b", "*", "c", "(a + b) * c"],
  ["-a * b", "*", "c", "-a * b * c"],
  ["(a + b) * d", "/", "c", "(a + b) * d / c"],
  ["a * b", "+", "c", "a * b + c"],
] as const)("joinPart %s %s %s", (old, sign, id, out) => expect(joinPart(old, sign, id)).toBe(out));

test.each([
  ["a * b * c", "b", "a * c"],
  ["a * b", "a", "b"],
  ["a + b - c", "b", "a - c"],
  ["a + b - c", "a", "b - c"],
  ["a", "a", null],
  ["a / b", "b", null],
  ["a * b + c", "c", null],
  ["max(a, b)", "b", null],
])("withoutPart %s − %s", (formula, id, out) => expect(withoutPart(formula, id)).toBe(out));
