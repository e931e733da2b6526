import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { type TalkVoice, useTalkPeople } from "../api/useTalk.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { classes } from "../kit/classes.ts";
import { TextField } from "../kit/Field.tsx";
import { called, callingAt, meant } from "./calling.ts";
import styles from "./talk.module.css";

interface ComposerProps {
  /** Null: nobody can be called, as on a page for outsiders. */
  ws: string | null;
  label: string;
  /** The verb on the button. */
  send: string;
  begin?: string;
  rows?: number;
  pending: boolean;
  error: Error | null;
  /** Resolves once it is kept; the box is empty then. */
  onSend: (text: string) => Promise<unknown>;
  onCancel?: (() => void) | undefined;
  hint?: ReactNode;
}

/** A box to write in; "@" calls people by name, Ctrl or ⌘ with Enter sends. */
export function Composer(props: ComposerProps) {
  const { ws, label, send, begin = "", rows = 3, pending, error, onSend, onCancel, hint } = props;
  const { t } = useLanguage();
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(begin);
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [shut, setShut] = useState(false);
  const at = ws && !shut ? callingAt(text, caret) : null;
  const people = useTalkPeople(ws ?? "", at !== null);
  const list = at ? meant(people.data?.people ?? [], at.word) : [];
  const pointed = list[Math.min(chosen, list.length - 1)];

  function choose(one: TalkVoice) {
    if (!at) return;
    const next = called(text, at, one.name);
    setText(next.text);
    setCaret(next.caret);
    setShut(true);
    const box = root.current?.querySelector("textarea");
    // The caret goes behind the name once the box holds it.
    requestAnimationFrame(() => {
      box?.focus();
      box?.setSelectionRange(next.caret, next.caret);
    });
  }
  async function go() {
    if (text.trim() === "" || pending) return;
    try {
      await onSend(text);
      setText("");
    } catch {
      // What went wrong stands below; what was written stays.
    }
  }
  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    if (pointed) {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step) setChosen((list.indexOf(pointed) + step + list.length) % list.length);
      else if (event.key === "Enter" || event.key === "Tab") choose(pointed);
      else if (event.key === "Escape") setShut(true);
      else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void go();
    }
  }
  return (
    <div className={styles.composer} ref={root}>
      <TextField
        label={label}
        rows={rows}
        value={text}
        maxLength={4000}
        hint={hint}
        error={error?.message}
        aria-autocomplete={ws ? "list" : undefined}
        aria-controls={pointed ? `${id}-people` : undefined}
        aria-activedescendant={pointed ? `${id}-${list.indexOf(pointed)}` : undefined}
        onChange={(event) => {
          setText(event.target.value);
          setCaret(event.target.selectionStart);
          setChosen(0);
          setShut(false);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onBlur={() => setShut(true)}
        onKeyDown={press}
      />
      {pointed && (
        <div
          className={styles.people}
          id={`${id}-people`}
          role="listbox"
          aria-label={t("talk.people")}
        >
          {list.map((one, n) => (
            <div
              key={`${one.name} ${one.department}`}
              id={`${id}-${n}`}
              role="option"
              tabIndex={-1}
              aria-selected={one === pointed}
              className={classes(styles.person, one === pointed && styles.pointed)}
              // Before the box loses the caret.
              onPointerDown={(event) => {
                event.preventDefault();
                choose(one);
              }}
            >
              <b>{one.name}</b>
              {one.department && <span className="quiet">{one.department}</span>}
            </div>
          ))}
        </div>
      )}
      <div className={styles.send}>
        {ws && <span className={classes("quiet", styles.small)}>{t("talk.callHint")}</span>}
        {onCancel && <Button onClick={onCancel}>{t("kit.cancel")}</Button>}
        <Button kind="primary" disabled={pending || text.trim() === ""} onClick={() => void go()}>
          {send}
        </Button>
      </div>
    </div>
  );
}
