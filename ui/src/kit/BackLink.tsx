import { createLink } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import styles from "./BackLink.module.css";
import { Icon } from "./Icon.tsx";

function Back({ children, ...link }: ComponentProps<"a">) {
  return (
    <p className={styles.back}>
      <a {...link}>
        <Icon name="left" size={14} />
        {children}
      </a>
    </p>
  );
}

/** The way from a page back to the list it belongs to; stands above its heading. */
export const BackLink = createLink(Back);
