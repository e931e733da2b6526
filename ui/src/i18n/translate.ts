import type { ja } from "./ja/index.ts";
import type { Lang } from "./language.ts";

export type Dictionary = Record<keyof typeof ja, string>;

/** A sentence's name, "room.what". */
export type Key = keyof typeof ja;

/** The {names} inside a Japanese sentence: each must be given when it is said. */
type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

type Args<K extends Key> = [Names<(typeof ja)[K]>] extends [never]
  ? []
  : [values: Record<Names<(typeof ja)[K]>, string | number>];

/** The dictionaries that are here. A reader needs one; the other comes when it is chosen. */
const here: Partial<Record<Lang, Dictionary>> = {};

/** Fetches a language's dictionary; at once where it is here already. */
export async function learn(lang: Lang): Promise<void> {
  here[lang] ??=
    lang === "ja" ? (await import("./ja/index.ts")).ja : (await import("./en/index.ts")).en;
}

/** Says a sentence in a language that was learnt, with its {names} filled in. */
export function translate<K extends Key>(lang: Lang, key: K, ...args: Args<K>): string {
  const values: Record<string, string | number> = args[0] ?? {};
  const dictionary = here[lang];
  if (!dictionary) throw new Error(`the dictionary "${lang}" is not here yet`);
  return dictionary[key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}

/** `t("frame.search")` in the reader's language. */
export type Translate = <K extends Key>(key: K, ...args: Args<K>) => string;
