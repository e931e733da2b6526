import type { Status } from "../api/types.ts";
import styles from "./Bar.module.css";
import { classes } from "./classes.ts";

interface BarProps {
  /** How much of the target is done; 0.42 is 42 %. Null draws the dashed rule of "no target". */
  share: number | null;
  /** Where today's pace stands on the same scale. */
  pace?: number | null;
  status?: Status | null;
  /** In accent instead of grey: the KGI's. */
  accent?: boolean;
  label?: string;
}

/** Progress with today's pace as a tick. Grey unless it is late: calm when calm. */
export function Bar({ share, pace = null, status, accent, label }: BarProps) {
  if (share === null) return <div className={styles.none} aria-hidden="true" />;
  const most = Math.max(share, pace ?? 0);
  // Beyond the target the scale grows with room to spare, so that the tick stays on the bar.
  const scale = most > 0.97 ? most * 1.12 : 1;
  const at = (value: number) => `${(Math.min(Math.max(value / scale, 0), 1) * 100).toFixed(2)}%`;
  return (
    <div
      className={styles.bar}
      role="img"
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <i
        className={classes(
          styles.done,
          accent && styles.accent,
          status === "behind" && styles.behind,
          status === "missed" && styles.missed,
        )}
        style={{ width: at(share) }}
      />
      {pace !== null && <u className={styles.tick} style={{ left: at(pace) }} />}
    </div>
  );
}
