import type { QuestionResult } from "../../api/useForms.ts";

type Month = NonNullable<QuestionResult["months"]>[number];

/** From where to where a score can go. */
export function scaleOf(kind: string): [from: number, to: number] {
  return kind === "nps" ? [-100, 100] : [0, 100];
}

interface Point {
  month: string;
  x: number;
  /** The ends of the range, from above. */
  top: number;
  bottom: number;
  /** The score's own place; null while there are too few answers. */
  y: number | null;
  value: number | null;
  low: number;
  high: number;
  answers: number;
  /** Whether the month is written below: as many as there is room for, the last one always. */
  named: boolean;
}

export interface Shape {
  left: number;
  bar: number;
  ticks: { value: number; y: number }[];
  points: Point[];
  line: string;
}

const LEFT = 44;
const LABEL = 40;

/** Places months side by side. The axis is the whole scale, so that a wide range looks wide. */
export function monthsOf(months: Month[], kind: string, width: number, height: number): Shape {
  const [from, to] = scaleOf(kind);
  const y = (value: number) => 8 + (height - 16) * (1 - (value - from) / (to - from));
  const step = (width - LEFT) / Math.max(1, months.length);
  const every = Math.max(1, Math.ceil(LABEL / step));
  const points = months.map(({ month, score }, i) => {
    const [low = from, high = to] = score.interval;
    return {
      month,
      x: LEFT + step * (i + 0.5),
      top: y(high),
      bottom: y(low),
      y: score.value === null ? null : y(score.value),
      value: score.value,
      low,
      high,
      answers: score.answers,
      named: (months.length - 1 - i) % every === 0,
    };
  });
  let line = "";
  let drawing = false;
  for (const one of points) {
    if (one.y === null) drawing = false;
    else {
      line += `${drawing ? "L" : "M"}${one.x} ${one.y}`;
      drawing = true;
    }
  }
  const ticks = (kind === "nps" ? [-100, -50, 0, 50, 100] : [0, 25, 50, 75, 100]).map((value) => ({
    value,
    y: y(value),
  }));
  return { left: LEFT, bar: Math.min(28, step * 0.6), ticks, points, line };
}
