import { expect, it } from "vitest";
import { called, callingAt, meant } from "./calling.ts";

it.each([
  ["@", 1, { from: 0, word: "" }],
  ["見て @田", 5, { from: 3, word: "田" }],
  ["＠田中", 3, { from: 0, word: "田中" }],
  ["@田中 さん", 6, null],
  ["mail me@ken", 11, null],
  ["(@ken", 5, { from: 1, word: "ken" }],
  ["", 0, null],
  [`@${"x".repeat(30)}`, 31, null],
])("in %j at %i somebody is called: %j", (text, caret, want) => {
  expect(callingAt(text, caret)).toEqual(want);
});

const voice = (name: string, department = "", you = false) => ({
  name,
  department,
  outside: false,
  you,
});

it("finds people by any part of the name and by department, never oneself", () => {
  const people = [
    voice("田中 美咲", "SNS", true),
    voice("山本 直子", "経営"),
    voice("Ken Sato", "採用"),
    voice("Kenneth Mori"),
  ];
  const names = (word: string) => meant(people, word).map((one) => one.name);
  expect(names("")).toEqual(["山本 直子", "Ken Sato", "Kenneth Mori"]);
  expect(names("山")).toEqual(["山本 直子"]);
  expect(names("sato")).toEqual(["Ken Sato"]);
  expect(names("採")).toEqual(["Ken Sato"]);
  expect(names("ＫＥＮ")).toEqual(["Ken Sato", "Kenneth Mori"]);
  expect(names("田")).toEqual([]);
});

it("puts the name where it was typed", () => {
  expect(called("見て @山 です", { from: 3, word: "山" }, "山本 直子")).toEqual({
    text: "見て @山本 直子  です",
    caret: 10,
  });
});
