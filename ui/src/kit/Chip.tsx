import type { ButtonHTMLAttributes, ReactNode } from "react";
import styles from "./Chip.module.css";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./Icon.tsx";

interface ChipProps {
  children: ReactNode;
  icon?: IconName;
  /** Without box: words in the top line. */
  flat?: boolean;
  title?: string;
}

/** A short fact in a box. */
export function Chip({ children, icon, flat, title }: ChipProps) {
  return (
    <span className={classes(styles.chip, flat && styles.flat)} title={title}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}

interface ChipButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon?: IconName;
  /** Shows that a list opens below. */
  opens?: boolean;
  /** Chosen. */
  on?: boolean;
}

/** A fact that can be changed: date, filter. */
export function ChipButton({ children, icon, opens, on, className, ...rest }: ChipButtonProps) {
  return (
    <button
      type="button"
      className={classes(styles.chip, styles.button, on && styles.on, className)}
      {...rest}
    >
      {icon && <Icon name={icon} size={14} />}
      {children}
      {opens && <Icon name="down" size={10} />}
    </button>
  );
}
