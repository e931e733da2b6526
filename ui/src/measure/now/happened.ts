import type { EventRow } from "../../api/types.ts";
import type { Format } from "../../i18n/format.ts";
import type { Translate } from "../../i18n/translate.ts";

/** "4秒前" / "4 s ago". */
export function ago(ms: number, t: Translate): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return t("now.ago.seconds", { count: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t("now.ago.minutes", { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return t("now.ago.hours", { count: hours });
  return t("now.ago.days", { count: Math.floor(hours / 24) });
}

/** So long somebody who looked at a page is taken to be there still (ms); the server counts so, too. */
const HERE = 5 * 60_000;

/** What somebody did `since` milliseconds ago, in words, and below it from where and with what. */
export function happened(
  row: EventRow,
  since: number,
  t: Translate,
  f: Format,
): { what: string; how: string } {
  const place = row.title || row.path;
  const view = row.kind === "page" || row.kind === "screen";
  const device = ["mobile", "desktop", "tablet", "tv"].includes(row.device)
    ? t(`now.device.${row.device as "mobile" | "desktop" | "tablet" | "tv"}`)
    : "";
  return {
    what: view && place ? t(since < HERE ? "now.views" : "now.viewed", { place }) : row.label,
    how: f.facts(
      [row.source || row.channel, device, view && row.title ? row.path : view ? "" : place].filter(
        Boolean,
      ),
    ),
  };
}
