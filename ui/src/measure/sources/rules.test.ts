import { describe, expect, it } from "vitest";
import { formatIn } from "../../i18n/format.ts";
import { type Translate, translate } from "../../i18n/translate.ts";
import { conditionWords, moved, typedValues } from "./rules.ts";

describe("rules of channels", () => {
  it("are said in words, long lists cut short", () => {
    const t: Translate = (key, ...args) => translate("ja", key, ...args);
    const f = formatIn("ja");
    expect(conditionWords({ on: "source", op: "is", values: ["x", "t.co"] }, t, f)).toBe(
      "流入元が x、t.co",
    );
    const many = { on: "medium", op: "contains", values: [..."abcdef"] } as const;
    expect(conditionWords({ ...many, values: [...many.values] }, t, f)).toBe(
      "メディアが a、b、c、d ほか2件 を含む",
    );
  });

  it("move by one place, and not beyond the ends", () => {
    expect(moved([1, 2, 3], 0, 1)).toEqual([2, 1, 3]);
    expect(moved([1, 2, 3], 2, -1)).toEqual([1, 3, 2]);
    const list = [1, 2];
    expect(moved(list, 0, -1)).toBe(list);
    expect(moved(list, 1, 1)).toBe(list);
  });

  it("take values apart as people type them", () => {
    expect(typedValues(" instagram, ig、x,\ninstagram,, ")).toEqual(["instagram", "ig", "x"]);
  });
});
