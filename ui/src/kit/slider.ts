/** Steps people count in: 1, 2, 5, 10, 20, 50 … */
export function niceStep(least: number): number {
  if (!(least > 0) || !Number.isFinite(least)) return 1;
  const ten = 10 ** Math.floor(Math.log10(least));
  return ten * ([1, 2, 5, 10].find((n) => n * ten >= least * (1 - 1e-9)) ?? 10);
}

/**
 * Where a slider can stop: round numbers between its ends, and the values that must be hit exactly
 * (how it is now, where a search put it).
 */
export function sliderStops(min: number, max: number, exact: number[], count = 60): number[] {
  const step = niceStep((max - min) / count);
  const stops: number[] = [];
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  for (let k = Math.ceil(min / step - 1e-9); k * step <= max + step * 1e-9; k++)
    stops.push(Number((k * step).toFixed(Math.min(digits, 20))));
  for (const value of exact) {
    const near = stops.findIndex((stop) => Math.abs(stop - value) < step * 1e-3);
    if (near >= 0) stops[near] = value;
    else stops.push(value);
  }
  return stops.sort((a, b) => a - b);
}

/** Where a value lies between the first and the last stop, 0 … 1. */
export function placeOf(stops: number[], value: number): number {
  const last = stops.length - 1;
  if (last < 1) return 0;
  const after = stops.findIndex((stop) => stop >= value);
  if (after < 0) return 1;
  if (after === 0) return 0;
  const [from = 0, to = 0] = [stops[after - 1], stops[after]];
  return (after - 1 + (value - from) / (to - from)) / last;
}
