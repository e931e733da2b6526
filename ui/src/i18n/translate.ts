import { en } from "./en/index.ts";
import { ja } from "./ja/index.ts";
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

const dictionaries: Record<Lang, Dictionary> = { ja, en };

/** Says a sentence in a language, with its {names} filled in. */
export function translate<K extends Key>(lang: Lang, key: K, ...args: Args<K>): string {
  const values: Record<string, string | number> = args[0] ?? {};
  return dictionaries[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}

/** `t("frame.search")` in the reader's language. */
export type Translate = <K extends Key>(key: K, ...args: Args<K>) => string;
