import { useEffect, useRef, useState } from "react";

/** A value that changes at most every `wait` ms and always ends on the last one: for sliders. */
export function useThrottled<T>(value: T, wait = 60): T {
  const [shown, setShown] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    const due = Math.max(0, last.current + wait - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setShown(value);
    }, due);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return shown;
}
