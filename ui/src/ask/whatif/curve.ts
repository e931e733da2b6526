/** Round numbers along an axis, about as many as asked for. */
export function ticks(low: number, high: number, about = 4): number[] {
  const least = (high - low) / about;
  if (!(least > 0) || !Number.isFinite(least)) return [];
  const ten = 10 ** Math.floor(Math.log10(least));
  const step = ten * ([1, 2, 5, 10].find((n) => n * ten >= least) ?? 10);
  const out: number[] = [];
  for (let k = Math.ceil(low / step); k * step <= high; k++)
    out.push(Number((k * step).toPrecision(12)));
  return out;
}

/** Where a density has fallen to a share of its peak: left of it or right of it. */
export function flank(
  xs: number[],
  density: number[],
  share: number,
  side: "left" | "right",
): { x: number; y: number } {
  const peak = density.indexOf(Math.max(...density));
  const step = side === "left" ? -1 : 1;
  let i = peak;
  while (i + step >= 0 && i + step < xs.length && (density[i] ?? 0) > (density[peak] ?? 0) * share)
    i += step;
  return { x: xs[i] ?? 0, y: density[i] ?? 0 };
}

/** A density as a path in pixels. */
export function path(points: { x: number; y: number }[]): string {
  return points.map(({ x, y }, i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

/** The part of a curve at or beyond a place, its first point cut exactly there. */
export function beyond(
  points: { x: number; y: number }[],
  at: number,
  side: "left" | "right",
): { x: number; y: number }[] {
  const inside = (x: number) => (side === "right" ? x >= at : x <= at);
  const out: { x: number; y: number }[] = [];
  points.forEach((point, i) => {
    const next = points[i + 1];
    if (inside(point.x)) out.push(point);
    if (next && inside(point.x) !== inside(next.x)) {
      const share = (at - point.x) / (next.x - point.x);
      out.push({ x: at, y: point.y + (next.y - point.y) * share });
    }
  });
  return out;
}
