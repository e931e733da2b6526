import type { ChainLevel, ChainStep } from "../../api/useChain.ts";

/** How high the drawing is (px), and how much of it 100 % takes where nothing is above. */
export const HIGH = 132;
const ROOM = 22; // above the dashed line, for the words of what is missing
/** A level far above the other span's is drawn no higher; its number says the rest. */
const MOST = 1.5;
const BEND = 14; // of a column's 100

/** Where 100 % lies. */
export function line(ratios: (number | null)[]): number {
  const most = Math.min(MOST, Math.max(1, ...ratios.map((one) => one ?? 1)));
  return HIGH - (HIGH - ROOM) / most;
}

/** Where a level lies; one without a number lies on the line. */
export function height(ratio: number | null, at: number): number {
  return HIGH - Math.min(MOST, Math.max(0, ratio ?? 1)) * (HIGH - at);
}

/** The level over its column (0 to 100): it steps at the column's beginning. */
export function stepped(from: number, to: number): string {
  return `M0 ${from}C${BEND / 2} ${from} ${BEND / 2} ${to} ${BEND} ${to}H100`;
}

/** What a level lost against the other span, where it lost; in its own unit. */
export function lost({ value, before }: ChainLevel): number | null {
  return value === null || before === null || value >= before ? null : before - value;
}

/** From which step on what is missing is that step's doing: it is red there. */
export function isFelt(place: number, broken: number | null): boolean {
  return broken !== null && place > broken;
}

/** The usual width and this value as places (0 to 1) on one short line; null without a width. */
export function gauge({ value, low, high }: ChainStep) {
  if (value === null || low === null || high === null) return null;
  const lowest = Math.min(low, value);
  const highest = Math.max(high, value);
  const width = highest - lowest || Math.abs(highest) || 1;
  const place = (one: number) => 0.08 + (0.84 * (one - lowest)) / width;
  return { low: place(low), high: place(high), value: place(value) };
}
