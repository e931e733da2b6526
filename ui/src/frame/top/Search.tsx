import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { Indicator } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { matching } from "./matching.ts";
import styles from "./Top.module.css";

interface SearchProps {
  indicators: Indicator[];
  /** What matches while typing; null when the search is over. */
  onFound: (ids: ReadonlySet<string> | null) => void;
  /** The match the keyboard is on. */
  onPoint: (id: string) => void;
  onOpen: (id: string) => void;
}

const SHORTCUT = "⌘K";

/** Finds indicators by name; ⌘K, Ctrl+K or / from anywhere, arrows and Enter to open. */
export function Search({ indicators, onFound, onPoint, onOpen }: SearchProps) {
  const { t, f } = useLanguage();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const found = matching(indicators, text);

  useEffect(() => {
    function shortcut(event: globalThis.KeyboardEvent) {
      // The first of the path: the target of an editor with a tree of its own is what holds it.
      const typing = (event.composedPath()[0] as HTMLElement).closest?.(
        "input, textarea, select, [contenteditable]",
      );
      const wanted =
        (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) ||
        (event.key === "/" && !typing);
      if (!wanted) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    }
    document.addEventListener("keydown", shortcut);
    return () => document.removeEventListener("keydown", shortcut);
  }, []);

  function search(next: string) {
    setText(next);
    setAt(0);
    setOpen(true);
    const matches = matching(indicators, next);
    onFound(next.trim() ? new Set(matches.map((one) => one.id)) : null);
    if (next.trim() && matches[0]) onPoint(matches[0].id);
  }
  function end() {
    setText("");
    setOpen(false);
    onFound(null);
  }
  function choose(one: Indicator | undefined) {
    if (!one) return;
    end();
    input.current?.blur();
    onOpen(one.id);
  }
  function keys(event: KeyboardEvent) {
    if (event.key === "Escape") {
      event.preventDefault();
      end();
      input.current?.blur();
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      choose(found[at]);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next =
        (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % Math.max(1, found.length);
      setAt(next);
      setOpen(true);
      const one = found[next];
      if (one) onPoint(one.id);
    }
  }

  return (
    <search className={styles.search}>
      <Icon name="search" size={14} />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={t("map.search")}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && found[at] ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder={t("map.search")}
        value={text}
        onChange={(event) => search(event.target.value)}
        onFocus={() => setOpen(true)}
        onBlur={end}
        onKeyDown={keys}
      />
      <span className={styles.key} aria-hidden="true">
        {SHORTCUT}
      </span>
      {open && (
        <div className={styles.results}>
          {found.length === 0 && <p>{t("map.search.none", { text })}</p>}
          <div id={`${id}-list`} role="listbox" aria-label={t("map.search.results")}>
            {found.map((one, i) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
              <div
                key={one.id}
                id={`${id}-${i}`}
                role="option"
                aria-selected={i === at}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => choose(one)}
              >
                <Mark status={one.status} />
                <span>{one.name}</span>
                <span className="num quiet">
                  {one.value === null ? "" : f.shortAmount(one.value, one.unit)}
                </span>
              </div>
            ))}
          </div>
        </div>
      )}
    </search>
  );
}
