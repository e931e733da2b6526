import type { VisitNumbers } from "../../api/types.ts";

/** The numbers of the first page, in the order they are shown. */
export const figures = ["visitors", "visits", "views", "bounce_rate", "engaged_seconds"] as const;
export type Figure = (typeof figures)[number];

/** Where more is better: 1, less is better: −1. */
export const GOOD: Record<Figure, 1 | -1> = {
  visitors: 1,
  visits: 1,
  views: 1,
  bounce_rate: -1,
  engaged_seconds: 1,
};

/** Units of the server's table of units; rates are ratios. */
export const UNITS: Record<Figure, "visitors" | "visits" | "views" | "rate" | "time"> = {
  visitors: "visitors",
  visits: "visits",
  views: "views",
  bounce_rate: "rate",
  engaged_seconds: "time",
};

/** A figure of a span; people are those of each day added up where nobody can know more. */
export function figureOf(numbers: VisitNumbers, figure: Figure): number | null {
  if (figure === "visitors") return numbers.visitors ?? numbers.daily_visitors;
  return numbers[figure];
}

/** Whether two counts differ by more than chance does: two standard errors of their difference. */
export function differs(now: number, before: number): boolean {
  return Math.abs(now - before) > 2 * Math.sqrt(now + before);
}

/** A relative change; null where there was nothing to change from. */
export function relative(now: number | null, before: number | null): number | null {
  if (now === null || before === null || before === 0) return null;
  return now / before - 1;
}

/** Whether the change of a figure is more than chance; shares are judged by the visits below them. */
export function tells(figure: Figure, now: VisitNumbers, before: VisitNumbers): boolean {
  const [a, b] = [figureOf(now, figure), figureOf(before, figure)];
  if (a === null || b === null) return false;
  if (figure === "bounce_rate") {
    const all = (now.bounces + before.bounces) / Math.max(1, now.visits + before.visits);
    const error = Math.sqrt(all * (1 - all) * (1 / now.visits + 1 / before.visits));
    return Math.abs(a - b) > 2 * error;
  }
  // How far single visits' times lie apart is not known here; a twentieth is worth a word.
  if (figure === "engaged_seconds") return Math.abs(a - b) > 0.05 * b && now.visits > 100;
  return differs(a, b);
}
