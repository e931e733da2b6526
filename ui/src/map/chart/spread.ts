/** Moves labels apart so that none lies on another: same order, at least `gap` between them. */
export function spread(
  ys: number[],
  gap: number,
  low = 0,
  high = Number.POSITIVE_INFINITY,
): number[] {
  const order = ys.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y || a.i - b.i);
  const placed: number[] = [];
  order.forEach(({ y }, n) => {
    const before = placed[n - 1];
    placed.push(Math.max(y, low, before === undefined ? low : before + gap));
  });
  // What fell out below is pushed back up, and pushes its neighbours.
  let limit = high;
  for (let n = placed.length - 1; n >= 0; n--) {
    placed[n] = Math.min(placed[n] ?? 0, limit);
    limit = (placed[n] ?? 0) - gap;
  }
  const out: number[] = [];
  order.forEach(({ i }, n) => {
    out[i] = placed[n] ?? 0;
  });
  return out;
}
