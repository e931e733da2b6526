import { describe, expect, it } from "vitest";
import { bodyOf, newDraft, readYen } from "./draft.ts";

describe("readYen", () => {
  it.each([
    ["12000", 12000],
    ["12,000円", 12000],
    ["１２，０００", 12000],
    ["¥ 0", 0],
    ["1万", null],
    ["-5", null],
    ["", null],
  ])("%s", (text, want) => {
    expect(readYen(text)).toBe(want);
  });
});

describe("bodyOf", () => {
  it("leaves out what is empty and parts campaigns", () => {
    const body = bodyOf({
      ...newDraft("visits", "事例が効く"),
      name: " 秋 ",
      campaigns: "a、 b,，",
    });
    expect(body).toEqual({
      name: "秋",
      hypothesis: "事例が効く",
      kpi: "visits",
      state: "idea",
      automations: [],
      campaigns: ["a", "b"],
      did: "",
    });
  });
  it("is none while the cost is no number", () => {
    expect(bodyOf({ ...newDraft(), cost: "たくさん" })).toBeNull();
    expect(bodyOf({ ...newDraft(), cost: "3,000" })?.cost).toBe(3000);
  });
});
