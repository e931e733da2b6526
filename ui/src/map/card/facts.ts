import type { Indicator, Status } from "../../api/types.ts";
import type { Format, Parts } from "../../i18n/format.ts";
import type { Translate } from "../../i18n/translate.ts";

import { estimated } from "./estimate.ts";

export type Tone = "good" | "bad" | "quiet";

/** What a card says, in words; the card, the phone's list and the picture all say the same. */
export interface CardFacts {
  name: string;
  /** Null where nothing is judged: no target. */
  status: Status | null;
  /** Short, as it stands on the card; null where there is no value. */
  value: Parts | null;
  /** The line at the bottom left: pace, else the target, else that there is none. */
  pace: string;
  change: { text: string; tone: Tone } | null;
  /** Said instead of the change while the number is old. */
  stale: string | null;
  /** Done and due on the bar; null draws no bar. */
  share: number | null;
  due: number | null;
  spark: (number | null)[];
  owner: { name: string; label: string } | null;
  noData: boolean;
  /** Why there is no value. */
  reason: string | null;
  /** All of it as one sentence, for those who listen. */
  spoken: string;
}

/** Puts an indicator into words. */
export function cardFacts(one: Indicator, t: Translate, f: Format): CardFacts {
  const value = one.value === null ? null : f.short(one.value, one.unit);
  const pace = paceLine(one, t, f);
  const stale =
    one.freshness.stale && one.has_data && one.freshness.stale_days !== null
      ? t("map.stale", { days: one.freshness.stale_days })
      : null;
  // What is written ±0 went neither way, whatever the digits behind it say.
  const still = one.change_text?.startsWith("±") ?? false;
  const change = one.change
    ? {
        text: `${one.change.label} ${one.change_text ?? ""}`,
        tone: still ? ("quiet" as const) : toneOf(one.change.good),
      }
    : null;
  const noData = !one.has_data && one.value === null;
  const spoken = [
    one.name,
    t(`status.${one.status ?? "none"}`),
    one.value === null
      ? noData
        ? t("map.noData")
        : (one.no_value ?? t("map.noValue"))
      : f.amount(one.value, one.unit),
    noData ? "" : pace,
    stale ?? change?.text ?? "",
  ];
  return {
    name: one.name,
    status: one.status,
    value,
    pace,
    change,
    stale,
    share: one.target?.amount == null ? null : one.attainment,
    due: dueShare(one),
    spark: one.spark.values,
    owner: one.owner ? { name: one.owner, label: t("map.owner", { name: one.owner }) } : null,
    noData,
    reason: one.no_value,
    spoken: f.list(spoken.filter(Boolean)),
  };
}

/** Green when good, red when bad, grey when it is neither. */
export function toneOf(good: boolean | null | undefined): Tone {
  return good == null ? "quiet" : good ? "good" : "bad";
}

function paceLine(one: Indicator, t: Translate, f: Format): string {
  if (one.expected !== null)
    return t("map.pace", { amount: f.shortAmount(estimated(one, one.expected), one.unit) });
  if (one.target?.amount != null)
    return t("map.target", { amount: f.shortAmount(one.target.amount, one.unit) });
  return t("map.noTarget");
}

/** Where the pace stands on the bar's scale; for "less is better" the scale is turned round. */
function dueShare(one: Indicator): number | null {
  const amount = one.target?.amount;
  if (amount == null || one.expected === null || amount === 0 || one.expected === 0) return null;
  return one.target?.direction === "down" ? amount / one.expected : one.expected / amount;
}

/** A unit, or nothing where it is a long word that already stands beside: "12 applications". */
export function shortUnit(unit: string): string {
  return unit.length > 3 ? "" : unit;
}
