import type { Lever } from "../../api/types.ts";

/** Where the sliders stand, by indicator; what is not named stands where it is today. */
export type Wishes = Readonly<Record<string, number>>;

/** Whether a slider stands elsewhere than today. */
export function isMoved(lever: Lever, wishes: Wishes): boolean {
  const wish = wishes[lever.id];
  return wish !== undefined && Math.abs(wish / lever.now - 1) > 1e-6;
}

/** The sliders as suppositions, "reels=*1.5"; empty where nothing is moved. */
export function setsOf(levers: Lever[], wishes: Wishes): string[] {
  return levers.flatMap((lever) => {
    const wish = wishes[lever.id];
    if (wish === undefined || !isMoved(lever, wishes)) return [];
    return [`${lever.id}=*${Number((wish / lever.now).toPrecision(6))}`];
  });
}

/** Relative changes as slider positions. */
export function wishesOf(
  levers: Lever[],
  changes: { id: string; relative: number | null }[],
): Wishes {
  return Object.fromEntries(
    changes.flatMap(({ id, relative }) => {
      const lever = levers.find((one) => one.id === id);
      return lever && relative !== null ? [[id, lever.now * (1 + relative)]] : [];
    }),
  );
}

const FEW = 3;

/** What is shown before one asks for more: what counts, and whatever was moved. */
export function mainLevers(levers: Lever[], wishes: Wishes): Lever[] {
  const counting = levers.filter((lever) => lever.counts);
  const first = (counting.length > 0 ? counting : levers).slice(0, FEW);
  return levers.filter((lever) => first.includes(lever) || isMoved(lever, wishes));
}

/** Probabilities worth asking for, above the one there is. */
export function aims(chance: number | null): number[] {
  if (chance === null) return [];
  return [0.8, 0.95, 0.99].filter((aim) => aim > chance + 0.005).slice(0, 2);
}
