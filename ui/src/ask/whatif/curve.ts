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

/** A smooth line through points close to each other: through their midpoints, bent at the points. */
export function path(points: { x: number; y: number }[]): string {
  const at = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return "";
  const bends = rest.slice(0, -1).map((point, i) => {
    const next = rest[i + 1] ?? last;
    return `Q${at(point.x, point.y)} ${at((point.x + next.x) / 2, (point.y + next.y) / 2)}`;
  });
  return `M${at(first.x, first.y)}${bends.join("")}L${at(last.x, last.y)}`;
}
