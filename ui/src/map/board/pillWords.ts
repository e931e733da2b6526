import type { MapLink } from "../../api/types.ts";
import type { Format } from "../../i18n/format.ts";
import type { Translate } from "../../i18n/translate.ts";
import { roadKind } from "../roads.ts";
import { lagWords } from "./lag.ts";

/** What parts the pieces of the label the server wrote. */
const PARTED = /\u30fb| · /;

/** A pill's two lines: state or effect, then when it will be known or what it rests on. */
export function pillWords(
  link: MapLink,
  t: Translate,
  f: Format,
  computing = false,
): [string, string] {
  const kind = roadKind(link, computing);
  const [first = "", ...rest] = (link.label ?? "").split(PARTED);
  if (kind === "checking") return [t("road.checking"), t("road.checking.line")];
  if (kind === "broken")
    return [
      t("map.broken"),
      link.break ? t("map.broken.line", { day: f.day(link.break.date) }) : "",
    ];
  if (link.stale) return [first, t("road.stale")];
  switch (kind) {
    case "measuring":
      return [
        rest.length > 0 ? first : t("map.measuring"),
        rest.join(" ") || t("map.measuring.line", { days: link.days_needed ?? 0 }),
      ];
    case "moves":
      return [
        first,
        f.facts([
          link.lag_days === null
            ? lagWords(link.lag, t)
            : lagWords(String(Math.max(0, Math.round(link.lag_days))), t),
          t(`road.grade.${link.grade}`),
        ]),
      ];
    case "still":
      return [first, t("road.still.line", { count: f.count(link.n_days) })];
    case "unknown":
      return [first, t(link.proposal ? "road.unknown.trial" : "road.unknown.line")];
    default:
      return [first || t("map.unmeasured"), lagWords(link.lag, t) || t("map.unmeasured.line")];
  }
}

/** All there is to say in one line, for tooltips and whoever does not see the road. */
export function roadSentence(link: MapLink, t: Translate, computing = false): string {
  const names = t("road.names", { from: link.from_name, to: link.to_name });
  if (computing) return `${names}: ${t("road.checking")}`;
  return [`${names}: ${link.label ?? ""}`, link.sentence].filter(Boolean).join("\n");
}
