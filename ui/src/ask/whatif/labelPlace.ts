import { flank } from "./curve.ts";

interface Point {
  x: number;
  y: number;
}

interface LabelInput {
  /** The hill to be named and the other one, in pixels; y grows downwards to `base`. */
  hill: Point[];
  other: Point[];
  base: number;
  /** Width of the name, and of the picture. */
  long: number;
  width: number;
  /** The side it stands on if it can. */
  side: "left" | "right";
  /** The target's line, which no name may cross. */
  lineX: number | null;
}

/** A letter's height above and below the line it stands on. */
const ABOVE = 13;
const BELOW = 5;

/**
 * Where a hill's name starts: on its flank, where it touches neither the picture's edge nor the
 * target's line nor the other hill; or else on top of it, where there is always room.
 */
export function labelPlace({ hill, other, base, long, width, side, lineX }: LabelInput): Point {
  const xs = hill.map((point) => point.x);
  const heights = hill.map((point) => base - point.y);
  const far = side === "left" ? "right" : "left";
  const beside = (
    [
      [side, 0.55],
      [far, 0.85],
      [far, 0.4],
    ] as const
  ).map(([where, share]) => {
    const at = flank(xs, heights, share, where);
    return { x: where === "left" ? at.x - 8 - long : at.x + 8, y: base - at.y };
  });
  const free = beside.find(
    ({ x, y }) =>
      x >= 0 &&
      x + long <= width &&
      (lineX === null || x > lineX + 2 || x + long < lineX - 2) &&
      !other.some(
        (point) =>
          point.x > x - 4 && point.x < x + long + 4 && point.y > y - ABOVE && point.y < y + BELOW,
      ),
  );
  if (free) return free;
  const peak = Math.max(...heights);
  const middle = (xs[heights.indexOf(peak)] ?? 0) - long / 2;
  const crossed = lineX !== null && middle < lineX + 4 && middle + long > lineX - 4;
  const top = crossed ? lineX + 6 : middle;
  return { x: Math.min(Math.max(0, top), width - long), y: base - peak - 6 };
}
