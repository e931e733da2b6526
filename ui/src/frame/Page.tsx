import type { ReactNode } from "react";
import styles from "./Page.module.css";

interface PageProps {
  children: ReactNode;
  /** Fills the room without a reading width: side-by-side screens. */
  full?: boolean;
}

/** The body of a screen under its top line, at reading width (1200 px). */
export function Page({ children, full }: PageProps) {
  return <div className={full ? styles.full : styles.page}>{children}</div>;
}
