import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "system";

const KEY = "shirube.theme";
const listeners = new Set<() => void>();
let chosen: Theme = read();

function read(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
}

function systemDark(): MediaQueryList | null {
  return typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;
}

/** Puts the chosen colours on the page; call before the first drawing, so that nothing flashes. */
export function applyTheme(): void {
  const dark = chosen === "dark" || (chosen === "system" && systemDark()?.matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

systemDark()?.addEventListener("change", applyTheme);

/** Chooses the colours and remembers it on this device. */
export function setTheme(theme: Theme): void {
  chosen = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  applyTheme();
  for (const tell of listeners) tell();
}

/** The chosen colours. */
export function useTheme(): Theme {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => chosen,
  );
}
