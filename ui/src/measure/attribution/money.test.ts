import { describe, expect, it } from "vitest";
import { money } from "./money.ts";

describe("money", () => {
  it.each([
    [7000, "円", "7,000円"],
    [1234.5, "円", "1,235円"],
    [1234.5, "$", "$1,234.50"],
    [12_345.6, "$", "$12,346"],
    [80, "EUR", "80 EUR"],
    [-3, "€", "−€3"],
    [0, "JPY", "0 JPY"],
    [1200, "ドル", "1,200ドル"],
  ])("%s %s", (amount, unit, said) => {
    expect(money(amount, unit)).toBe(said);
  });
});
