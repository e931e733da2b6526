import type { TalkVoice } from "../api/useTalk.ts";

/** A name that is being typed behind an "@". */
export interface Calling {
  /** Where the "@" stands. */
  from: number;
  /** What is typed behind it so far. */
  word: string;
}

const LONGEST = 20;

/** The name being typed at the caret; null where none is. An address of mail calls nobody. */
export function callingAt(text: string, caret: number): Calling | null {
  for (let from = caret - 1; from >= 0 && caret - from <= LONGEST; from--) {
    const letter = text[from] ?? "";
    if (letter === "@" || letter === "\uff20") {
      if (/[a-z0-9._%+-]/i.test(text[from - 1] ?? "")) return null;
      return { from, word: text.slice(from + 1, caret) };
    }
    if (/\s/.test(letter)) return null;
  }
  return null;
}

/** The people a typed word may mean, at most six. */
export function meant(people: TalkVoice[], word: string): TalkVoice[] {
  const typed = word.normalize("NFKC").toLowerCase();
  return people
    .filter(
      (one) =>
        !one.you &&
        (typed === "" ||
          [one.name, one.name.replace(/\s/g, ""), ...one.name.split(/\s+/), one.department].some(
            (name) => name.normalize("NFKC").toLowerCase().startsWith(typed),
          )),
    )
    .slice(0, 6);
}

/** The text with the name in the place of what was typed, and where the caret goes. */
export function called(text: string, at: Calling, name: string): { text: string; caret: number } {
  const before = `${text.slice(0, at.from)}@${name} `;
  return { text: before + text.slice(at.from + 1 + at.word.length), caret: before.length };
}
