import type { ReactNode } from "react";
import styles from "./parts.module.css";

/** Room for a table wider than the screen: it is moved sideways by hand or by the arrow keys. */
export function Sideways({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
