import { expect, it } from "vitest";
import { headAndBody, sentencesOf } from "./sentences.ts";

it("parts sentences in both languages", () => {
  expect(sentencesOf("下がりました。戻らなければ、16件失います。")).toEqual([
    "下がりました。",
    "戻らなければ、16件失います。",
  ]);
  expect(sentencesOf("目的は「人を採る。」です。")).toEqual(["目的は「人を採る。」です。"]);
  expect(sentencesOf("It fell to 1.2%. About 16 are lost.")).toEqual([
    "It fell to 1.2%.",
    "About 16 are lost.",
  ]);
  expect(sentencesOf("")).toEqual([]);
});

it("makes a body of what follows, unless there is one", () => {
  expect(headAndBody("あ。い。", [])).toEqual({ head: ["あ。"], body: ["い。"] });
  expect(headAndBody("あ。い。", ["う。"])).toEqual({ head: ["あ。", "い。"], body: ["う。"] });
});
