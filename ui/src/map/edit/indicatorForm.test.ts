import { describe, expect, test } from "vitest";
import { recruitingMap } from "../fixtures/recruiting.ts";
import { editsOf, formOf, type IndicatorForm, newForm, rebase } from "./indicatorForm.ts";
import { noTarget } from "./targetForm.ts";

const map = recruitingMap("ja");
const parent = map.indicators.find((one) => one.formula) ?? map.indicators[0];
const some = map.indicators.find((one) => one.target && !one.is_kgi) ?? map.indicators[0];
if (!parent || !some) throw new Error("the fixture has no indicators");

function formOfSome(): IndicatorForm {
  const form = formOf(map, some?.id ?? "");
  if (!form) throw new Error("not there");
  return form;
}

describe("editsOf", () => {
  test("nothing typed, nothing sent", () => {
    for (const one of map.indicators) {
      const form = formOf(map, one.id);
      if (form) expect(editsOf(form, { ...form }, map)).toEqual({ edits: [], gaps: [] });
    }
  });

  test("only what changed is sent; what was emptied becomes null", () => {
    const before = formOfSome();
    const now = { ...before, name: "新しい名前", owner: "" };
    const { edits } = editsOf(before, now, map);
    expect(edits).toEqual([
      {
        op: "set_indicator",
        id: before.id,
        fields: { name: "新しい名前", ...(before.owner ? { owner: null } : {}) },
      },
    ]);
  });

  test("taking the target away sends null", () => {
    const before = formOfSome();
    const { edits } = editsOf(before, { ...before, target: noTarget }, map);
    expect(edits).toEqual([{ op: "set_target", id: before.id, target: null }]);
  });

  test("a half-typed target is not sent", () => {
    const before = formOfSome();
    const target = { ...before.target, kind: "total" as const, amount: "" };
    expect(editsOf(before, { ...before, target }, map)).toEqual({ edits: [], gaps: ["amount"] });
  });

  test("what the choice of origin hides is taken out", () => {
    const before: IndicatorForm = {
      ...formOfSome(),
      origin: "both",
      formula: "a * b",
      measure: "s.m",
    };
    expect(editsOf(before, { ...before, origin: "measure" }, map).edits).toEqual([
      { op: "set_indicator", id: before.id, fields: { formula: null } },
    ]);
  });

  test("a new indicator joins its parent's formula", () => {
    const form = { ...newForm(map, parent.id), id: "neu", name: "新しい数" };
    const { edits } = editsOf(null, form, map);
    expect(edits[0]).toEqual({
      op: "add_indicator",
      id: "neu",
      fields: { name: "新しい数" },
    });
    expect(edits.at(-1)).toEqual({
      op: "set_indicator",
      id: parent.id,
      fields: { formula: `${parent.formula} * neu` },
    });
  });

  test("a new indicator that is only believed to matter becomes an influence", () => {
    const form: IndicatorForm = {
      ...newForm(map, parent.id),
      id: "neu",
      name: "新しい数",
      join: { under: parent.id, how: "influence" },
    };
    expect(editsOf(null, form, map).edits.at(-1)).toMatchObject({
      op: "set_influence",
      from: "neu",
      to: parent.id,
    });
  });

  test("links: removed, changed and half-filled ones", () => {
    const link = { from: "x", to: "y", lag: "0..14", because: "だから" };
    const before = { ...formOfSome(), links: [link, { ...link, from: "z" }] };
    const now = {
      ...before,
      links: [
        { ...link, lag: "7" },
        { ...link, to: "" },
      ],
    };
    expect(editsOf(before, now, map).edits).toEqual([
      { op: "remove_influence", from: "z", to: "y" },
      { op: "set_influence", from: "x", to: "y", lag: "7", because: "だから" },
    ]);
  });
});

test("rebase keeps what was typed and takes the rest from the others", () => {
  const before = formOfSome();
  const typed = { ...before, name: "わたしの名前" };
  const theirs = { ...before, name: "別の名前", owner: "別の人" };
  expect(rebase(before, typed, theirs)).toEqual({ ...theirs, name: "わたしの名前" });
});
