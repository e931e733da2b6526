import { describe, expect, test } from "vitest";
import { plainNumber, typedNumber } from "./typedNumber.ts";

describe("typedNumber reads what people type", () => {
  test.each([
    ["100", 100],
    ["1,200", 1200],
    ["１２００", 1200],
    ["１，２００", 1200],
    ["¥1,200", 1200],
    ["1.2万", 12_000],
    ["3億", 300_000_000],
    ["5%", 5],
    ["5%", 5],
    ["−3", -3],
    ["+30", 30],
    [".5", 0.5],
    [" 7 ", 7],
    ["0", 0],
  ])("%s", (text, value) => expect(typedNumber(text)).toBe(value));

  test.each(["", "-", "12,34", "1.2.3", "abc", "1e5", "件", "%"])("%s is no number", (text) =>
    expect(typedNumber(text)).toBeNull());
});

test("plainNumber writes neither float noise nor exponents", () => {
  expect(plainNumber(0.1 + 0.2)).toBe("0.3");
  expect(plainNumber(1.05)).toBe("1.05");
  expect(plainNumber(1e-7)).toBe("0.0000001");
  expect(plainNumber((1.15 - 1) * 100)).toBe("15");
});
