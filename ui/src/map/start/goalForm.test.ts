import { describe, expect, test } from "vitest";
import type { Template } from "../../api/types.ts";
import { formatIn } from "../../i18n/format.ts";
import { type Translate, translate } from "../../i18n/translate.ts";
import {
  amountNumber,
  betterName,
  commonDeadlines,
  fiscalYear,
  type GoalForm,
  goalOf,
  kgiOf,
  smartOfGoal,
} from "./goalForm.ts";

const TODAY = "2026-11-21";
const t: Translate = (key, ...args) => translate("ja", key, ...args);
const f = formatIn("ja");
const template = (kgi: Partial<Template["kgi"]>): Template => ({
  key: "x",
  name: "型",
  summary: "",
  kgi_name: "応募数",
  kgi: { name: "応募数", unit: "件", kind: "total", amount: 100, per: null, serves: "", ...kgi },
  shape: [],
  sources: [],
});

test("the fiscal year runs from April to March", () => {
  expect(fiscalYear("2026-11-21")).toEqual({ from: "2026-04-01", by: "2027-03-31" });
  expect(fiscalYear("2027-03-31")).toEqual({ from: "2026-04-01", by: "2027-03-31" });
  expect(fiscalYear("2027-04-01")).toEqual({ from: "2027-04-01", by: "2028-03-31" });
});

test("common deadlines", () => {
  expect(commonDeadlines(TODAY)).toEqual({
    fiscal: "2027-03-31",
    calendar: "2026-12-31",
    quarter: "2027-02-28",
  });
});

describe("a template's numbers there and back", () => {
  test.each([
    [{ kind: "total", amount: 100 }, "100", 100],
    [{ kind: "growth", amount: 1.5, unit: "円" }, "50", 1.5],
    [{ kind: "reach", amount: 0.031, unit: "%" }, "3.1", 0.031],
    [{ kind: "hold", amount: 20 }, "20", 20],
  ] as const)("%o", (kgi, typed, sent) => {
    const form = goalOf(template(kgi), TODAY);
    expect(form.amount).toBe(typed);
    expect(amountNumber(form)).toBe(sent);
  });
});

test("kgiOf leaves out what was left empty", () => {
  const blank: GoalForm = { ...goalOf(null, TODAY), unit: "", by: "", from: "" };
  expect(kgiOf(blank)).toEqual({});
  expect(kgiOf({ ...blank, name: " 応募 ", amount: "20", kind: "hold", by: "2027-03-31" })).toEqual(
    {
      name: "応募",
      amount: 20,
      kind: "hold",
      per: "month",
      by: "2027-03-31",
    },
  );
});

describe("the five lines", () => {
  const states = (form: GoalForm, goal: string | null) =>
    smartOfGoal(form, goal, TODAY, t, f)
      .map((line) => line.letter + line.state)
      .join(" ");

  test("a blank goal", () => {
    expect(states({ ...goalOf(null, TODAY), by: "" }, null)).toBe("Sno Mno Await Rno Tno");
  });

  test("a good goal", () => {
    expect(states(goalOf(template({ serves: "recruiting" }), TODAY), "採用")).toBe(
      "Sok Mok Await Rok Tok",
    );
  });

  test("a direction, a number without unit, a date gone by", () => {
    const form = {
      ...goalOf(template({}), TODAY),
      name: "SNSからの応募を増やす",
      unit: "",
      by: "2026-01-01",
    };
    expect(states(form, null)).toBe("Swarn Mwarn Await Rno Twarn");
    // What is offered in other words is not called countable beside it.
    expect(states({ ...form, name: "採用を強化する" }, null)).toMatch(/^Swarn/);
  });
});

test.each([
  ["認知を広げる", "指名検索の数"],
  ["SNSからの応募を増やす", "SNSからの応募数"],
  ["採用を強化する", "応募数"],
  ["売上アップを目指す", null],
  ["売上を伸ばしたい", "売上"],
  ["資料請求を増やす", "資料請求数"],
  ["クリック率の改善", "クリック率"],
  ["SNS経由の採用応募数", null],
  ["増やす", null],
  ["", null],
  ["grow awareness", "Searches for our name"],
  ["Increase the inquiries from social media", "Inquiries from social media"],
])("%s is better said as %s", (name, better) => {
  expect(betterName(name)).toBe(better);
});
