import type { GroupNumbers, VisitsReply } from "../../api/types.ts";
import type { Format } from "../../i18n/format.ts";
import type { Translate } from "../../i18n/translate.ts";
import type { Compare } from "../frame/search.ts";
import { differs } from "./change.ts";

interface Said {
  t: Translate;
  f: Format;
}

/**
 * What changed, in words. `whole` is about days that are over, so that half a day is not compared
 * with whole ones; null where there are none, or nothing to compare with.
 */
export function headline(
  reply: VisitsReply,
  whole: VisitsReply | null,
  compare: Compare,
  { t, f }: Said,
): string {
  const visits = f.count(reply.totals.visits);
  if (reply.totals.visits === 0) return t("overview.said.none");
  const onlyToday = reply.span.from === reply.today;
  if (onlyToday) {
    const before = reply.before?.visits ?? 0;
    return before > 0
      ? t("overview.said.today.before", { visits, before: f.count(before) })
      : t("overview.said.today", { visits });
  }
  if (compare === "none" || !whole?.before) return t("overview.said.plain", { visits });
  const now = whole.totals.visits;
  const before = whole.before.visits;
  const against = t(`overview.against.${compare}`);
  if (before === 0) return t("overview.said.first", { visits, against });
  if (!differs(now, before)) return t("overview.said.same", { visits, against });
  const up = now > before;
  const change = f.relative(now / before - 1).replace(/^[+−]/, "");
  const said = t(up ? "overview.said.up" : "overview.said.down", { visits, against, change });
  const part = largestPart(whole.groups.channel ?? [], whole.channels_before, up);
  if (!part) return said;
  return (
    said +
    t(up ? "overview.said.mostly.up" : "overview.said.mostly.down", {
      channel: part.label,
      count: f.count(Math.abs(part.change)),
    })
  );
}

/** The channel that changed most in the direction of the whole, if it is more than chance. */
export function largestPart(
  now: GroupNumbers[],
  before: GroupNumbers[],
  up: boolean,
): { label: string; change: number } | null {
  const was = new Map(before.map((one) => [one.value, one]));
  const is = new Map(now.map((one) => [one.value, one]));
  const parts = [...new Set([...is.keys(), ...was.keys()])].map((value) => {
    const [a, b] = [is.get(value)?.visits ?? 0, was.get(value)?.visits ?? 0];
    const label = (is.get(value) ?? was.get(value))?.label ?? value;
    return { label, change: a - b, sure: differs(a, b) };
  });
  parts.sort((a, b) => (up ? b.change - a.change : a.change - b.change));
  const [first] = parts;
  return first?.sure && first.change > 0 === up ? first : null;
}
