import { describe, expect, it } from "vitest";
import type { Indicator } from "../../api/types.ts";
import { formatIn } from "../../i18n/format.ts";
import { translate } from "../../i18n/translate.ts";
import { hardMap, recruitingMap } from "../fixtures/recruiting.ts";
import { cardFacts } from "./facts.ts";

const t: Parameters<typeof cardFacts>[1] = (key, ...args) => translate("ja", key, ...args);
const f = formatIn("ja");
const find = (id: string, map = recruitingMap()) =>
  map.indicators.find((one) => one.id === id) as Indicator;

describe("cardFacts", () => {
  it("colours a change by what is good, not by its sign", () => {
    const hours = cardFacts(find("dm_hours"), t, f);
    expect(hours.change).toEqual({ text: "前4週比 −0.4時間", tone: "good" });
    expect(cardFacts(find("reach_rate"), t, f).change?.tone).toBe("quiet");
    const still = { ...find("dm_hours"), change_text: "±0%" };
    expect(cardFacts(still, t, f).change?.tone).toBe("quiet");
  });

  it("takes zero for a value", () => {
    const zero = cardFacts({ ...find("visits"), value: 0 }, t, f);
    expect(zero.value).toEqual({ number: "0", unit: "件" });
    expect(zero.noData).toBe(false);
  });

  it("turns the scale round where less is better", () => {
    const { due } = cardFacts(find("dm_hours"), t, f);
    expect(due).toBeCloseTo(2.5 / 3);
  });

  it("says how old a value is instead of its change", () => {
    const likes = cardFacts(find("likes"), t, f);
    expect(likes.stale).toBe("3日前の値");
    expect(likes.pace).toBe("目標なし");
    expect(likes.share).toBeNull();
  });

  it("tells no data from no value", () => {
    expect(cardFacts(find("saves", hardMap()), t, f)).toMatchObject({ noData: true, value: null });
    const zero = cardFacts(find("zero", hardMap()), t, f);
    expect(zero).toMatchObject({
      noData: false,
      value: null,
      reason: "応募が0件なので割れません。",
    });
    expect(zero.spoken).toContain("応募が0件なので割れません。");
  });
});
