import { expect, it } from "vitest";
import { perTenText } from "./effect.ts";

it.each([
  [0.3024, "+2.9%"],
  [-0.2, "−1.9%"],
  [0, "±0%"],
  [0.0001, "±0%"],
])("an elasticity of %d reads %s for ten percent more", (elasticity, text) => {
  expect(perTenText(elasticity)).toBe(text);
});
