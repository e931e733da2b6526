import { describe, expect, test } from "vitest";
import { isId, proposeId } from "./proposeId.ts";

describe("proposeId", () => {
  test.each([
    ["クリック率", "ctr"],
    ["SNS経由の訪問数", "visits"],
    ["Ｗｅｂからの訪問数", "visits"],
    ["Link clicks", "link_clicks"],
    ["社員紹介の閲覧数", "社員紹介の閲覧数"],
    ["DMの初回返信(時間)", "dmの初回返信_時間"],
    ["3日以内の返信率", "_3日以内の返信率"],
    ["  ", ""],
    ["!!", ""],
  ])("%s → %s", (name, id) => expect(proposeId(name, [])).toBe(id));

  test("never proposes one that is taken", () => {
    expect(proposeId("クリック率", ["ctr"])).toBe("ctr_2");
    expect(proposeId("クリック率", ["ctr", "ctr_2"])).toBe("ctr_3");
  });

  test("whatever it proposes is an id", () => {
    for (const name of ["売上", "Q1 revenue!", "10%の壁", "いいね数", "a-b-c", "①番目"])
      expect(isId(proposeId(name, []))).toBe(true);
  });
});
