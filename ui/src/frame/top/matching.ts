import type { Indicator } from "../../api/types.ts";

type Named = Pick<Indicator, "id" | "name" | "owner" | "definition">;

/**
 * Indicators whose name, id or owner holds the text, best first: names that begin with it,
 * then names that hold it, then the rest. Full-width, katakana and case do not matter.
 */
export function matching<T extends Named>(indicators: T[], text: string): T[] {
  const wanted = plain(text);
  if (!wanted) return indicators.slice(0, 12);
  const rank = (one: T) => {
    const name = plain(one.name);
    if (name.startsWith(wanted)) return 0;
    if (name.includes(wanted)) return 1;
    return plain(one.id).includes(wanted) || plain(one.owner).includes(wanted) ? 2 : 3;
  };
  return indicators
    .map((one) => ({ one, at: rank(one) }))
    .filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
    .slice(0, 30);
}

/** Width, case and kana script evened out: ＣＴＲ, ctr; リール, りーる. */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .trim()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}
