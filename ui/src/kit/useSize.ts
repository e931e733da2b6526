import { type RefObject, useLayoutEffect, useState } from "react";

/** An element's size in pixels, kept up to date. */
export function useSize(
  element: RefObject<HTMLElement | null>,
  otherwise: { w: number; h: number },
) {
  const [size, setSize] = useState(otherwise);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target || typeof ResizeObserver === "undefined") return;
    const measure = () => {
      const { clientWidth: w, clientHeight: h } = target;
      if (w > 0 && h > 0) setSize((old) => (old.w === w && old.h === h ? old : { w, h }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
