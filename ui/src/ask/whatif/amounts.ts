import type { Lever } from "../../api/types.ts";
import type { Format } from "../../i18n/format.ts";
import type { Translate } from "../../i18n/translate.ts";

/** A lever's amount in a sentence: "週6本", "1.20%". */
export function leverAmount(lever: Lever, value: number, t: Translate, f: Format): string {
  const amount = f.shortAmount(value, lever.unit);
  return lever.per ? t("whatif.amountPer", { amount, per: lever.per }) : amount;
}

/** The unit beside a large number: "本/週". */
export function leverUnit(lever: Lever, unit: string, t: Translate): string {
  return lever.per ? t("whatif.unitPer", { unit, per: lever.per }) : unit;
}
