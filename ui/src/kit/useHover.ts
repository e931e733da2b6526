import { type PointerEvent, useState } from "react";

/** Which of a chart's points the pointer is over; null when it is elsewhere. */
export function useHover(points: number) {
  const [hover, setHover] = useState<number | null>(null);
  return {
    hover,
    /** Spread onto the svg; `share` is the part of its width that the plot takes. */
    listeners: (share: number) => ({
      onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
        const box = event.currentTarget.getBoundingClientRect();
        const at = (event.clientX - box.left) / (box.width * share);
        const point = Math.round(at * (points - 1));
        setHover(point >= 0 && point < points ? point : null);
      },
      onPointerLeave: () => setHover(null),
    }),
  };
}
