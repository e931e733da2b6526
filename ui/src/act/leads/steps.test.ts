import { expect, it } from "vitest";
import { nextSteps } from "./steps.ts";

it("offers what a lead has not become yet", () => {
  expect(nextSteps("")).toEqual(["accepted", "meeting", "won"]);
  expect(nextSteps("rejected")).toEqual(["accepted", "meeting", "won"]);
  expect(nextSteps("accepted")).toEqual(["meeting", "won"]);
  expect(nextSteps("won")).toEqual([]);
});
