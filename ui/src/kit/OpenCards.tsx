import type { ReactNode } from "react";
import { Card } from "./Card.tsx";
import styles from "./OpenCards.module.css";

/** A list of things that each open: cards one below the other. */
export function OpenCards({ children }: { children: ReactNode }) {
  return <ul className={styles.list}>{children}</ul>;
}

interface OpenCardProps {
  /** The link to it, with the class that makes all of the card one target. */
  link: (className: string | undefined) => ReactNode;
  /** A quiet line below its name. */
  line: ReactNode;
  /** Where it stands, at the right. */
  mark: ReactNode;
  /** What came of it, over the whole width. */
  children: ReactNode;
}

/** One of them. */
export function OpenCard({ link, line, mark, children }: OpenCardProps) {
  return (
    <li>
      <Card article className={styles.card}>
        <div className={styles.what}>
          <h3>{link(styles.open)}</h3>
          <p className="quiet">{line}</p>
        </div>
        {mark}
        <div className={styles.below}>{children}</div>
      </Card>
    </li>
  );
}
