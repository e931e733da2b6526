import type { Translate } from "../../i18n/translate.ts";

/** "0..14" as people say it: 0〜14日後. Empty for links without a lag. */
export function lagWords(lag: string | null, t: Translate): string {
  const [from, to] = (lag ?? "").split("..");
  if (!from) return "";
  if (to && to !== from) return t("map.lag.range", { from, to });
  return Number(from) === 0 ? t("map.lag.sameDay") : t("map.lag.day", { days: from });
}
