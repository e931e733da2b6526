/** A plot's scales: values to pixels, with what the lines need to be drawn. */
export interface Plot {
  x: (value: number) => number;
  y: (value: number) => number;
  /** The x of every point. */
  xs: number[];
  right: number;
  bottom: number;
  low: number;
  high: number;
}

export interface PlotInput {
  /** Positions along the axis, rising; day numbers for time. */
  xs: number[];
  /** Every line that must fit. */
  series: (number | null)[][];
  width: number;
  height: number;
  /** Starts at zero whatever the values: for areas and bars, which would lie otherwise. */
  zero?: boolean;
}

/**
 * Scales that fit all series. Lines whose values stay far from zero may leave it out;
 * everything else starts there.
 */
export function plot({ xs, series, width, height, zero }: PlotInput): Plot {
  const values = series.flat().filter((v): v is number => v !== null && Number.isFinite(v));
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (values.length === 0) [low, high] = [0, 1];
  if (zero || low > 0)
    low = zero || low < high * 0.5 ? Math.min(0, low) : low - (high - low) * 0.25;
  if (high === low) [low, high] = low > 0 ? [0, high * 1.25] : [low - 1, high + 1];
  const first = xs[0] ?? 0;
  const last = xs.at(-1) ?? 1;
  const top = 6;
  const x = (value: number) =>
    round(last === first ? width / 2 : ((value - first) / (last - first)) * width);
  const y = (value: number) => round(top + (height - top) * (1 - (value - low) / (high - low)));
  return { x, y, xs: xs.map(x), right: width, bottom: height, low, high };
}

/** A line through the points; a missing one breaks it. */
export function line(p: Plot, values: (number | null)[]): string {
  let d = "";
  let drawing = false;
  values.forEach((value, i) => {
    const x = p.xs[i];
    if (value === null || !Number.isFinite(value) || x === undefined) {
      drawing = false;
      return;
    }
    d += `${drawing ? "L" : "M"}${x} ${p.y(value)}`;
    drawing = true;
  });
  return d;
}

/** The band between two lines, over the points where both exist. */
export function area(p: Plot, lows: (number | null)[], highs: (number | null)[]): string {
  const there: string[] = [];
  const back: string[] = [];
  lows.forEach((low, i) => {
    const high = highs[i];
    const x = p.xs[i];
    if (low === null || high == null || x === undefined) return;
    there.push(`${x} ${p.y(high)}`);
    back.unshift(`${x} ${p.y(low)}`);
  });
  return there.length < 2 ? "" : `M${there.join("L")}L${back.join("L")}Z`;
}

/** The mean of the last n values around each point's end; missing values are skipped. */
export function movingMean(values: (number | null)[], n: number): (number | null)[] {
  return values.map((value, i) => {
    if (value === null) return null;
    const window = values.slice(Math.max(0, i - n + 1), i + 1).filter((v) => v !== null);
    return window.reduce((sum, v) => sum + v, 0) / window.length;
  });
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
