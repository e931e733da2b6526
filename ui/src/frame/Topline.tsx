import { useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { LanguageSwitch } from "./Preferences.tsx";
import styles from "./Topline.module.css";
import { WorkspaceSwitch } from "./WorkspaceSwitch.tsx";

interface ToplineProps {
  /** The screen's name: the model's on the map, else what the screen is. */
  title: string;
  /** Chips beside the title: version, date. */
  children?: ReactNode;
  /** At the right: search, buttons. */
  actions?: ReactNode;
}

/** The first line of every screen. On a phone it also carries the workspace switch. */
export function Topline({ title, children, actions }: ToplineProps) {
  const { ws } = useParams({ strict: false });
  useEffect(() => {
    document.title = `${title} — Shirube`;
  }, [title]);
  return (
    <header className={styles.top}>
      <span className={styles.phone}>
        <WorkspaceSwitch ws={ws} />
      </span>
      <h1 title={title}>{title}</h1>
      <div className={styles.chips}>{children}</div>
      <span className={styles.space} />
      {actions}
      <span className={styles.phone}>
        <LanguageSwitch />
      </span>
    </header>
  );
}
