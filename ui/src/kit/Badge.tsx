import styles from "./Badge.module.css";
import { classes } from "./classes.ts";

interface BadgeProps {
  name: string;
  /** Said and shown on hover: "担当 佐藤". */
  label: string;
  large?: boolean;
}

/** The first letter of a surname in a circle. */
export function Badge({ name, label, large }: BadgeProps) {
  return (
    <span
      className={classes(styles.badge, large && styles.large)}
      title={label}
      role="img"
      aria-label={label}
    >
      {[...name][0] ?? ""}
    </span>
  );
}
