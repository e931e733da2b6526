import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./Icon.tsx";
import styles from "./StateTag.module.css";

interface StateTagProps {
  /** quiet: nothing goes on · on: at work · good: as it should be · warn: somebody is waited for. */
  tone: "quiet" | "on" | "good" | "warn";
  icon?: IconName;
  /** It changes while one looks: a screen reader tells the new word. */
  live?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

/** Where something stands: a word in a box, its colour never alone. */
export function StateTag({ tone, icon, live, className, children }: StateTagProps) {
  const Box = live ? "output" : "span";
  return (
    <Box className={classes(styles.tag, styles[tone], className)}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </Box>
  );
}
