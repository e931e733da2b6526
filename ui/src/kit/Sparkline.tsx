import { sparkPath } from "./sparkline.ts";

interface SparklineProps {
  values: (number | null)[];
  width?: number;
  height?: number;
  /** What it shows; without it the line is decoration. */
  label?: string;
}

/** Thirty days as a grey line with an ink dot at its end. */
export function Sparkline({ values, width = 60, height = 22, label }: SparklineProps) {
  const { d, end } = sparkPath(values, width, height);
  if (!end) return null;
  const says = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: either labelled or hidden, see `says`
    <svg width={width + 4} height={height} {...says}>
      <path
        d={d}
        fill="none"
        stroke="var(--g4)"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx={end.x} cy={end.y} r="2.5" fill="var(--ink)" />
    </svg>
  );
}
