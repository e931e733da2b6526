import type { BehaviourRule, Card, FitRule } from "../../api/useScores.ts";
import { emptyCondition } from "../conditions/condition.ts";

/** An id that no rule of the card has. */
export function freeId(card: Card): string {
  const taken = new Set([...(card.fit ?? []), ...(card.behaviour ?? [])].map((one) => one.id));
  for (let n = 1; ; n++) if (!taken.has(`r${n}`)) return `r${n}`;
}

export function newRule(card: Card): BehaviourRule {
  return { id: freeId(card), name: "", page: "/", points: 5 };
}

export function newFit(card: Card): FitRule {
  return { id: freeId(card), name: "", if: emptyCondition(), points: 5 };
}

/** A card to begin with: two things that mostly speak of interest, and a line. */
export function starter(name: string, price: string, form: string): Card {
  return {
    name,
    behaviour: [
      {
        id: "r1",
        name: price,
        page: "/price",
        points: 5,
        most: 15,
        decay: { kind: "half-life", days: 14 },
      },
      {
        id: "r2",
        name: form,
        page: "/contact",
        points: 5,
        most: 10,
        decay: { kind: "half-life", days: 14 },
      },
    ],
    bands: [
      { name: "A", from: 20 },
      { name: "B", from: 10 },
    ],
    hot: 20,
  };
}

/** A rule without the fields that say nothing: the server takes what is absent as not said. */
export function lean<T extends object>(rule: T): T {
  return Object.fromEntries(
    Object.entries(rule).filter(
      ([key, value]) => key === "points" || (value !== undefined && value !== null && value !== 0),
    ),
  ) as T;
}

/** Whether two rules are about the same thing done. */
export function sameDeed(a: BehaviourRule, b: BehaviourRule): boolean {
  return (
    (a.page ?? "") === (b.page ?? "") &&
    (a.event ?? "") === (b.event ?? "") &&
    JSON.stringify(a.where ?? []) === JSON.stringify(b.where ?? [])
  );
}

export function sameFit(a: FitRule, b: FitRule): boolean {
  return JSON.stringify(a.if) === JSON.stringify(b.if);
}

/** One line of the comparison: what stands, and what outcomes propose. */
export interface Compared {
  name: string;
  mine: BehaviourRule | FitRule | null;
  learned: BehaviourRule | FitRule | null;
}

/** Rules of the card beside those proposed; what only one of them has comes last. */
export function compared(mine: Card, learned: Card): Compared[] {
  const left = [...(learned.behaviour ?? [])];
  const leftFit = [...(learned.fit ?? [])];
  const rows: Compared[] = [];
  const only: Compared[] = [];
  const put = (one: BehaviourRule | FitRule, match: BehaviourRule | FitRule | undefined) =>
    (match ? rows : only).push({ name: one.name, mine: one, learned: match ?? null });
  for (const one of mine.behaviour ?? []) {
    const at = left.findIndex((other) => sameDeed(one, other));
    put(one, at < 0 ? undefined : left.splice(at, 1)[0]);
  }
  for (const one of mine.fit ?? []) {
    const at = leftFit.findIndex((other) => sameFit(one, other));
    put(one, at < 0 ? undefined : leftFit.splice(at, 1)[0]);
  }
  for (const one of [...left, ...leftFit]) rows.push({ name: one.name, mine: null, learned: one });
  return [...rows, ...only];
}

/** The proposed points in the place of the card's, under its own names; its line stays. */
export function adopted(mine: Card, learned: Card): Card {
  const named = (learned.behaviour ?? []).map((one, i) => {
    const match = (mine.behaviour ?? []).find((other) => sameDeed(one, other));
    return {
      ...one,
      id: `l${i + 1}`,
      name: match?.name ?? one.name,
      ...(match?.verb ? { verb: match.verb } : {}),
    };
  });
  return {
    ...mine,
    groups: [],
    behaviour: named,
    fit: (learned.fit ?? []).map((one, i) => ({ ...one, id: `f${i + 1}` })),
    bands: learned.bands ?? mine.bands ?? [],
  };
}

/** What the server said of one place of the card: "body.card.behaviour[1].points". */
export function problemsUnder(
  problems: { location?: string; message?: string }[],
  place: string,
): { path: string; message: string }[] {
  const full = `body.card.${place}`;
  return problems
    .filter(
      (one) =>
        one.location === full ||
        one.location?.startsWith(`${full}.`) ||
        one.location?.startsWith(`${full}[`),
    )
    .map((one) => ({
      path: (one.location ?? "").slice(full.length).replace(/^\./, ""),
      message: one.message ?? "",
    }));
}
