import { type RefObject, useEffect, useRef } from "react";

/**
 * Gives the keyboard to a place when a step becomes another one, so that nobody is left on a button
 * that is gone. Not at the first step: then the page itself has just been opened. The place needs
 * tabIndex −1.
 */
export function useFocusOnChange<T extends HTMLElement>(step: unknown): RefObject<T | null> {
  const place = useRef<T>(null);
  const last = useRef(step);
  useEffect(() => {
    if (last.current === step) return;
    last.current = step;
    place.current?.focus();
  }, [step]);
  return place;
}
