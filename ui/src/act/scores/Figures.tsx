import type { ReactNode } from "react";
import { Card } from "../../kit/Card.tsx";
import styles from "./scores.module.css";

/** A table on a sheet of its own that scrolls sideways where there is no room. */
export function Table({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Card flush className={styles.scroll} role="region" tabIndex={0} aria-label={name}>
      <table className={styles.table}>{children}</table>
    </Card>
  );
}

interface RangeProps {
  value: number;
  low: number;
  high: number;
  /** The value as it is written. */
  told: string;
  children: ReactNode;
}

/** A share of all with the range it lies in, drawn and told. */
export function Range({ value, low, high, told, children }: RangeProps) {
  return (
    <span className={styles.rate}>
      <b className="num">{told}</b>
      <span className={styles.range} aria-hidden="true">
        <i style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
        <u style={{ left: `${value * 100}%` }} />
      </span>
      <span className={styles.small}>{children}</span>
    </span>
  );
}
