import { type ReactNode, useEffect } from "react";
import { LanguageSwitch } from "../frame/Preferences.tsx";
import { Signpost } from "../kit/Icon.tsx";
import styles from "./people.module.css";

interface EntryProps {
  title: string;
  line?: string;
  children?: ReactNode;
}

/** A page before one is in: the signpost, one thing to do, and the language. */
export function Entry({ title, line, children }: EntryProps) {
  useEffect(() => {
    document.title = `${title} — Shirube`;
  }, [title]);
  return (
    <div className={styles.entry}>
      <header className={styles.entryTop}>
        <Signpost />
        <b>Shirube</b>
        <LanguageSwitch />
      </header>
      <main className={styles.entryBody}>
        <h1>{title}</h1>
        {line && <p className="quiet">{line}</p>}
        {children}
      </main>
    </div>
  );
}
