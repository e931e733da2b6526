import type { ChannelRule } from "../../api/types.ts";
import type { Format } from "../../i18n/format.ts";
import type { Translate } from "../../i18n/translate.ts";

export type Condition = ChannelRule["when"][number];

export const ONS = ["source", "medium", "campaign", "referrer", "click", "kind", "paid"] as const;
export const OPS = ["is", "contains", "starts", "ends", "not"] as const;
const SHOWN = 4;

/** A condition in words; of a long list only the first values. */
export function conditionWords(one: Condition, t: Translate, f: Format): string {
  const rest = one.values.length - SHOWN;
  const shown = f.list(one.values.slice(0, rest > 0 ? SHOWN : undefined));
  const values = rest > 0 ? t("rules.values.more", { values: shown, count: rest }) : shown;
  return t(`rules.when.${one.op}`, { on: t(`rules.on.${one.on}`), values });
}

/** The list with the rule at a place moved by one; unchanged at its ends. */
export function moved<T>(list: T[], at: number, by: 1 | -1): T[] {
  const to = at + by;
  if (to < 0 || to >= list.length) return list;
  const next = [...list];
  const [one] = next.splice(at, 1);
  if (one !== undefined) next.splice(to, 0, one);
  return next;
}

/** Values as typed: apart by commas of either language, or lines. */
export function typedValues(text: string): string[] {
  return [...new Set(text.split(/[,\u3001\uff0c\n]/).map((one) => one.trim()))].filter(Boolean);
}
