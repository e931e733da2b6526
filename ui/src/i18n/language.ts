/** The languages the screens speak. Japanese is the source; English must have the same keys. */
export type Lang = "ja" | "en";

const KEY = "shirube.lang";

/** The reader's language: what they chose before, else what their browser asks for. */
export function initialLang(): Lang {
  const kept = safeGet(KEY);
  if (kept === "ja" || kept === "en") return kept;
  return navigator.language.toLowerCase().startsWith("ja") ? "ja" : "en";
}

/** Remembers the choice on this device. */
export function keepLang(lang: Lang): void {
  try {
    localStorage.setItem(KEY, lang);
  } catch {
    // A browser that forbids storage still gets the language, only not the memory of it.
  }
}

function safeGet(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
