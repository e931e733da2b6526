import type { MapLink } from "../../api/types.ts";
import type { Format } from "../../i18n/format.ts";
import type { Translate } from "../../i18n/translate.ts";
import { roadKind } from "../roads.ts";
import { lagWords } from "./lag.ts";

/** A pill's two lines: state or effect, then when it will be known or what it rests on. */
export function pillWords(link: MapLink, t: Translate, f: Format): [string, string] {
  const lag = lagWords(link.lag, t);
  switch (roadKind(link)) {
    case "broken":
      return [
        t("map.broken"),
        link.break ? t("map.broken.line", { day: f.day(link.break.date) }) : lag,
      ];
    case "measuring":
      return [t("map.measuring"), t("map.measuring.line", { days: link.days_needed ?? 0 })];
    case "unmeasured":
      return [link.label || t("map.unmeasured"), lag || t("map.unmeasured.line")];
    default:
      return [link.label ?? "", f.facts([lag, t(`grade.${link.grade}`)].filter(Boolean))];
  }
}
