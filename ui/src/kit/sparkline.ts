/** A line of values as an SVG path; a missing value breaks the line. */
export interface SparkPath {
  d: string;
  /** The last point; null without any value. */
  end: { x: number; y: number } | null;
}

/**
 * Fits values into a box of the given size, 2 px inside. A flat line lies in the middle.
 * Sparklines may leave zero out: they show the way, not the size.
 */
export function sparkPath(values: (number | null)[], width: number, height: number): SparkPath {
  const present = values.filter((v): v is number => v !== null && Number.isFinite(v));
  if (present.length === 0) return { d: "", end: null };
  const low = Math.min(...present);
  const high = Math.max(...present);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const y = (v: number) =>
    high === low ? height / 2 : height - 2 - ((v - low) / (high - low)) * (height - 4);
  let d = "";
  let drawing = false;
  let end: SparkPath["end"] = null;
  values.forEach((value, i) => {
    if (value === null || !Number.isFinite(value)) {
      drawing = false;
      return;
    }
    const at = { x: round(i * step), y: round(y(value)) };
    d += `${drawing ? "L" : "M"}${at.x} ${at.y}`;
    drawing = true;
    end = at;
  });
  return { d, end };
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
