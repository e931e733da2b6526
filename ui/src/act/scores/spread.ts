/** People by points, in at most `most` steps of the same width. */
export interface Step {
  from: number;
  to: number; // inclusive
  people: number;
}

/** The steps from the lowest to the highest points; a width that people count in. */
export function stepsOf(points: { points: number; people: number }[], most = 16): Step[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return [];
  const span = last.points - first.points + 1;
  const width =
    [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((one) => span / one <= most) ?? 2000;
  const begin = Math.floor(first.points / width) * width;
  const steps: Step[] = [];
  for (let from = begin; from <= last.points; from += width)
    steps.push({ from, to: from + width - 1, people: 0 });
  for (const one of points) {
    const step = steps[Math.floor((one.points - begin) / width)];
    if (step) step.people += one.people;
  }
  return steps;
}
