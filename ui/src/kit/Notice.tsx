import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";
import styles from "./Notice.module.css";

interface NoticeProps {
  /** info explains, warn asks for care, bad says what went wrong. */
  kind: "info" | "warn" | "bad";
  children: ReactNode;
  /** The one or two things to do. */
  actions?: ReactNode;
}

/** A few words in a tinted box within the page; a bad one is read aloud at once. */
export function Notice({ kind, children, actions }: NoticeProps) {
  return (
    <div
      className={`${styles.notice} ${styles[kind]}`}
      role={kind === "bad" ? "alert" : kind === "warn" ? "status" : undefined}
    >
      <Icon name={kind === "info" ? "info" : "warning"} size={16} />
      <div className={styles.text}>
        {children}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
