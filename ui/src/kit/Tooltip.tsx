import { type ReactNode, useId } from "react";
import styles from "./Tooltip.module.css";

interface TooltipProps {
  text: string;
  children: (wires: { "aria-describedby": string }) => ReactNode;
  /** Where it appears. Default above. */
  side?: "above" | "right";
}

/** One line on hover and focus. */
export function Tooltip({ text, children, side = "above" }: TooltipProps) {
  const id = useId();
  return (
    <span className={styles.root}>
      {children({ "aria-describedby": id })}
      <span role="tooltip" id={id} className={`${styles.tip} ${styles[side]}`}>
        {text}
      </span>
    </span>
  );
}
