import { type RefObject, useCallback, useEffect, useRef } from "react";

interface PanZoomHandlers {
  /** Moved by so many pixels of the screen. */
  pan: (dx: number, dy: number) => void;
  /** Nearer (factor above 1) or farther, around a point of the viewport. */
  zoom: (factor: number, at: { x: number; y: number }) => void;
}

const DRAG_STARTS = 4; // px; below this a press is a click

/**
 * Drag, wheel and pinch on the map. The wheel pans and, with ctrl (which a trackpad's pinch
 * sets too), zooms. A press that became a drag swallows its click.
 */
export function usePanZoom(
  viewport: RefObject<HTMLElement | null>,
  handlers: PanZoomHandlers,
): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });

  const listen = useCallback((element: HTMLElement) => {
    const pointers = new Map<number, { x: number; y: number }>();
    let dragged = false;
    let start = { x: 0, y: 0 };

    const place = (event: { clientX: number; clientY: number }) => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };

    function wheel(event: WheelEvent) {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) {
        latest.current.zoom(Math.exp(-event.deltaY * 0.004), place(event));
      } else {
        const across = event.shiftKey && event.deltaX === 0;
        latest.current.pan(across ? -event.deltaY : -event.deltaX, across ? 0 : -event.deltaY);
      }
    }
    function down(event: PointerEvent) {
      if (event.button !== 0) return;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (pointers.size === 1) {
        dragged = false;
        start = { x: event.clientX, y: event.clientY };
      }
    }
    function move(event: PointerEvent) {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      if (!dragged && pointers.size === 1) {
        if (Math.hypot(now.x - start.x, now.y - start.y) < DRAG_STARTS) return;
        dragged = true;
        element.setPointerCapture(event.pointerId);
        element.dataset.dragging = "";
      }
      if (pointers.size === 2) {
        const other = [...pointers.entries()].find(([id]) => id !== event.pointerId)?.[1];
        if (other) {
          dragged = true;
          const factor =
            Math.hypot(now.x - other.x, now.y - other.y) /
            Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
          const middle = { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 };
          latest.current.zoom(factor, place(middle));
          latest.current.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
        }
      } else {
        latest.current.pan(now.x - before.x, now.y - before.y);
      }
      pointers.set(event.pointerId, now);
    }
    function up(event: PointerEvent) {
      pointers.delete(event.pointerId);
      if (pointers.size === 0) delete element.dataset.dragging;
    }
    function click(event: MouseEvent) {
      if (!dragged) return;
      dragged = false;
      event.preventDefault();
      event.stopPropagation();
    }

    element.addEventListener("wheel", wheel, { passive: false });
    element.addEventListener("pointerdown", down);
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", up);
    element.addEventListener("pointercancel", up);
    element.addEventListener("click", click, true);
    return () => {
      element.removeEventListener("wheel", wheel);
      element.removeEventListener("pointerdown", down);
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", up);
      element.removeEventListener("pointercancel", up);
      element.removeEventListener("click", click, true);
    };
  }, []);

  useEffect(() => {
    const element = viewport.current;
    return element ? listen(element) : undefined;
  }, [viewport, listen]);
}
