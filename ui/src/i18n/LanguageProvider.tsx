import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type Format, formatIn } from "./format.ts";
import { initialLang, keepLang, type Lang } from "./language.ts";
import { learn, type Translate, translate } from "./translate.ts";

interface Language {
  lang: Lang;
  /** Fetches the language's words, then speaks it and remembers it. */
  setLang: (lang: Lang) => Promise<void>;
  /** Says a sentence. */
  t: Translate;
  /** Writes numbers, amounts and days. */
  f: Format;
}

const Context = createContext<Language | null>(null);

/**
 * Gives every screen below it one language. `lang` fixes it (tests, read-only pages). The language
 * it begins with must have been learnt.
 */
export function LanguageProvider({ children, lang: fixed }: { children: ReactNode; lang?: Lang }) {
  const [chosen, setChosen] = useState<Lang>(() => fixed ?? initialLang());
  const lang = fixed ?? chosen;
  const wanted = useRef(lang);
  useEffect(() => {
    document.documentElement.lang = lang;
  }, [lang]);
  const value = useMemo<Language>(
    () => ({
      lang,
      async setLang(next) {
        wanted.current = next;
        await learn(next);
        // While the words were on their way, another language may have been chosen.
        if (wanted.current !== next) return;
        keepLang(next);
        setChosen(next);
      },
      t: (key, ...args) => translate(lang, key, ...args),
      f: formatIn(lang),
    }),
    [lang],
  );
  return <Context value={value}>{children}</Context>;
}

/** The reader's language: `const { t, f, lang } = useLanguage()`. */
export function useLanguage(): Language {
  const language = useContext(Context);
  if (!language) throw new Error("useLanguage outside LanguageProvider");
  return language;
}
