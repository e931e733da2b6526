import type { HTMLAttributes } from "react";
import styles from "./Card.module.css";
import { classes } from "./classes.ts";

interface CardProps extends HTMLAttributes<HTMLElement> {
  /** The open or leading one of several: lifted by the one soft shadow. */
  lifted?: boolean;
  /** Without inner space, for tables and lists that bring their own. */
  flush?: boolean;
  /** One of several that each stand for themselves. */
  article?: boolean;
}

/** A white sheet on the paper. */
export function Card({ lifted, flush, article, className, children, ...rest }: CardProps) {
  const Sheet = article ? "article" : "section";
  return (
    <Sheet
      className={classes(styles.card, lifted && styles.lifted, flush && styles.flush, className)}
      {...rest}
    >
      {children}
    </Sheet>
  );
}
