import { type ReactNode, useEffect, useRef } from "react";
import styles from "./LinkRow.module.css";

interface LinkRowProps {
  /** What the links choose between. */
  label: string;
  /** The page one is on; when it changes, its link is moved into sight. */
  current: string;
  /** One `li` with a link each. */
  children: ReactNode;
}

/** A row of links to the pages of a room; on a phone it is moved sideways. */
export function LinkRow({ label, current, children }: LinkRowProps) {
  const row = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row is moved when another page is opened
  useEffect(() => {
    const list = row.current;
    const link = list?.querySelector<HTMLElement>("[aria-current]");
    if (list && link) list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
  }, [current]);
  return (
    <nav className={styles.row} aria-label={label}>
      <ul ref={row}>{children}</ul>
    </nav>
  );
}
