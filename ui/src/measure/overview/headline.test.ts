import { describe, expect, it } from "vitest";
import type { GroupNumbers, VisitsReply } from "../../api/types.ts";
import { formatIn } from "../../i18n/format.ts";
import type { Lang } from "../../i18n/language.ts";
import { translate } from "../../i18n/translate.ts";
import { differs, tells } from "./change.ts";
import { durationParts } from "./duration.ts";
import { headline } from "./headline.ts";

const said = (lang: Lang) => ({
  t: ((key, ...args) => translate(lang, key, ...args)) as Parameters<typeof headline>[3]["t"],
  f: formatIn(lang),
});

function numbers(visits: number) {
  return {
    visitors: visits,
    daily_visitors: visits,
    visits,
    views: 2 * visits,
    events: 0,
    bounces: Math.round(visits / 10),
    bounce_rate: 0.1,
    views_per_visit: 2,
    engaged_seconds: 40,
    visit_seconds: 60,
  };
}

function group(value: string, label: string, visits: number): GroupNumbers {
  return { ...numbers(visits), value, label, entries: 0, exits: 0, exit_rate: null, share: 0 };
}

function reply(now: number, before: number | null, more: Partial<VisitsReply> = {}): VisitsReply {
  return {
    span: { from: "2026-10-26", to: "2026-11-22" },
    today: "2026-11-22",
    zone: "Asia/Tokyo",
    compared: null,
    totals: numbers(now),
    before: before === null ? null : numbers(before),
    days: [],
    days_before: [],
    groups: {},
    channels_before: [],
    cookieless: false,
    collecting: { state: "some", last: null },
    definitions: {},
    ...more,
  };
}

describe("the headline", () => {
  const speak = (r: VisitsReply, whole: VisitsReply | null = r, lang: Lang = "ja") =>
    headline(r, whole, "before", said(lang));

  it("says how much, compared with what, and where it came from", () => {
    const whole = reply(9939, 10619, {
      groups: { channel: [group("social", "SNS", 6000), group("search", "検索", 2100)] },
      channels_before: [group("social", "SNS", 6408), group("search", "検索", 2150)],
    });
    expect(speak(reply(10016, 10619), whole)).toBe(
      "訪問は10,016回で、前の期間より6%減りました。いちばん減ったのはSNS(−408回)です。",
    );
    expect(speak(reply(10016, 10619), whole, "en")).toBe(
      "There were 10,016 visits, 6% fewer than in the period before. SNS lost the most (−408).",
    );
  });

  it("does not make a story of chance", () => {
    expect(speak(reply(100, 110))).toBe("訪問は100回で、前の期間とほとんど変わりません。");
    const whole = reply(1200, 1000, {
      groups: { channel: [group("a", "A", 12), group("b", "B", 8)] },
      channels_before: [group("a", "A", 8), group("b", "B", 12)],
    });
    expect(speak(whole)).toBe("訪問は1,200回で、前の期間より20%増えました。");
  });

  it("knows days without visits, without a past, and one that is not over", () => {
    expect(speak(reply(0, 5))).toBe("この条件にあてはまる訪問はありません。");
    expect(speak(reply(7, 0))).toBe("訪問は7回です。前の期間には記録がありません。");
    expect(headline(reply(7, null), null, "none", said("ja"))).toBe("この期間の訪問は7回です。");
    const today = { span: { from: "2026-11-22", to: "2026-11-22" } };
    expect(speak(reply(77, 334, today), null)).toBe(
      "今日の訪問は、いままでに77回です。くらべる日は1日で334回でした。",
    );
  });
});

describe("changes", () => {
  it("are told from chance", () => {
    expect(differs(100, 110)).toBe(false);
    expect(differs(1000, 1200)).toBe(true);
    expect(tells("bounce_rate", numbers(100), { ...numbers(100), bounce_rate: 0.12 })).toBe(false);
    const much = { ...numbers(10_000), bounces: 1500, bounce_rate: 0.15 };
    expect(tells("bounce_rate", numbers(10_000), much)).toBe(true);
  });
});

it("says durations as people do", () => {
  const { t } = said("ja");
  expect(durationParts(44.4, t)).toEqual({ number: "44", unit: "秒" });
  expect(durationParts(69, t)).toEqual({ number: "1分09", unit: "秒" });
  expect(durationParts(59.7, t)).toEqual({ number: "1分00", unit: "秒" });
});
