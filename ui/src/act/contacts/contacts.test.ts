import { describe, expect, it } from "vitest";
import { propertyChoices, propertyOf, tagsOf, withColumn } from "./list/meanings.ts";
import { byDay } from "./timeline.ts";

describe("columns of a list", () => {
  it("have one meaning each, and no meaning twice", () => {
    const columns = ["address", "name", "property:company", ""];
    expect(withColumn(columns, 3, "address")).toEqual(["", "name", "property:company", "address"]);
    expect(withColumn(columns, 0, "")).toEqual(["", "name", "property:company", ""]);
    expect(withColumn(columns, 1, "name")).toEqual(columns);
  });

  it("may become a property of their own name", () => {
    expect(propertyOf("property:company")).toBe("company");
    expect(propertyOf("address")).toBeNull();
    expect(propertyChoices("役職", "property:title")).toEqual(["property:title", "property:役職"]);
    expect(propertyChoices("役職", "address")).toEqual(["property:役職"]);
    expect(propertyChoices(" ", "")).toEqual([]);
  });

  it("take tags as people type them", () => {
    expect(tagsOf("展示会、既存, 2026,,展示会 ")).toEqual(["展示会", "既存", "2026"]);
    expect(tagsOf("  ")).toEqual([]);
  });
});

it("a timeline is cut where its day changes", () => {
  const day = (text: string) => text.slice(0, 1);
  expect(byDay(["b2", "b1", "a1"], day)).toEqual([
    { day: "b", list: ["b2", "b1"] },
    { day: "a", list: ["a1"] },
  ]);
  expect(byDay([], day)).toEqual([]);
});
