import { useEffect, useState } from "react";

/** Draws again every so often, for words like "4 seconds ago". */
export function useTick(ms: number): number {
  const [at, setAt] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setAt(performance.now()), ms);
    return () => clearInterval(timer);
  }, [ms]);
  return at;
}
