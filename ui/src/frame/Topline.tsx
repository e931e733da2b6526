import { useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { classes } from "../kit/classes.ts";
import styles from "./Topline.module.css";
import { WorkspaceSwitch } from "./WorkspaceSwitch.tsx";

interface ToplineProps {
  /** The screen's name: the model's on the map, else what the screen is. */
  title: string;
  /** Chips beside the title: version, date. */
  children?: ReactNode;
  /** At the right: search, buttons. */
  actions?: ReactNode;
  /** The page prints a title of its own. */
  noPrint?: boolean;
}

/** The first line of every screen. */
export function Topline({ title, children, actions, noPrint }: ToplineProps) {
  const { ws } = useParams({ strict: false });
  useEffect(() => {
    document.title = `${title} — Shirube`;
  }, [title]);
  return (
    <header className={classes(styles.top, noPrint && styles.noPrint)}>
      <span className={styles.phone}>
        <WorkspaceSwitch ws={ws} />
      </span>
      <h1 title={title}>{title}</h1>
      <div className={styles.chips}>{children}</div>
      <span className={styles.space} />
      {actions}
    </header>
  );
}
