import { useSyncExternalStore } from "react";

const QUERY = "(max-width: 639px)";

/** Whether the screen is one hand wide. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (tell) => {
      if (typeof matchMedia !== "function") return () => {};
      const query = matchMedia(QUERY);
      query.addEventListener("change", tell);
      return () => query.removeEventListener("change", tell);
    },
    () => typeof matchMedia === "function" && matchMedia(QUERY).matches,
  );
}
