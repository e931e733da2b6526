import type { Transition } from "../../api/usePaths.ts";

/** One page before or after; `rest` adds up the small ones. "" is outside. */
export interface Neighbour {
  page: string;
  count: number;
  share: number;
  rest: boolean;
}

/** A neighbour with its place in the picture: its row, and where its band meets the page. */
export interface Band extends Neighbour {
  top: number;
  height: number;
  /** Thickness of the band. */
  thick: number;
  /** Where the band meets the page in the middle. */
  at: number;
}

const SHOWN = 6;

/** Where people were before a page, or went after it; the largest first, the small ones together. */
export function neighbours(steps: Transition[], page: string, side: "before" | "after") {
  const counts = new Map<string, number>();
  for (const one of steps) {
    const [here, there] = side === "before" ? [one.to, one.from] : [one.from, one.to];
    if (here !== page || there === page) continue;
    counts.set(there, (counts.get(there) ?? 0) + one.count);
  }
  const all = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const total = all.reduce((sum, [, count]) => sum + count, 0);
  const share = (count: number) => (total ? count / total : 0);
  // One alone is named rather than called "other".
  const cut = all.length > SHOWN + 1 ? SHOWN : all.length;
  const list: Neighbour[] = all
    .slice(0, cut)
    .map(([name, count]) => ({ page: name, count, share: share(count), rest: false }));
  const rest = all.slice(cut).reduce((sum, [, count]) => sum + count, 0);
  if (rest > 0) list.push({ page: "*", count: rest, share: share(rest), rest: true });
  return { list, total };
}

export const ROW = 52;
const GAP = 4;

/** Lays neighbours out in rows; bands are as thick as their share of `height`. */
export function bands(list: Neighbour[], height: number): Band[] {
  let at = 0;
  let top = 0;
  return list.map((one) => {
    const thick = Math.max(1.5, one.share * height);
    const row = Math.max(ROW, thick);
    const band = { ...one, top, height: row, thick, at };
    top += row + GAP;
    at += one.share * height;
    return band;
  });
}

/** What looks like the page people are to reach, else the most seen one. */
export function likelyGoal(pages: string[]): string {
  const asks =
    /contact|inquir|enquir|entry|apply|application|form|signup|register|toiawase|request/i;
  const over = /thank|complete|finish|done|confirm/i;
  return pages.find((page) => asks.test(page) && !over.test(page)) ?? pages[0] ?? "";
}
