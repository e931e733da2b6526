import type { ReactNode } from "react";
import type { Status } from "../api/types.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { classes } from "./classes.ts";
import styles from "./Mark.module.css";

/** The shapes every Japanese reader knows, drawn: font glyphs differ from font to font. */
export const markShapes: Record<Status, ReactNode> = {
  met: (
    <>
      <circle cx="8" cy="8" r="6.6" strokeWidth="1.6" />
      <circle cx="8" cy="8" r="2.7" strokeWidth="1.8" />
    </>
  ),
  "on-pace": <circle cx="8" cy="8" r="6" />,
  behind: <path d="M8 2.4 14.2 13.4H1.8Z" />,
  missed: <path d="M3 3 13 13M13 3 3 13" strokeWidth="2.2" />,
  "too-early": (
    <g fill="currentColor" stroke="none">
      <circle cx="2.6" cy="8" r="1.5" />
      <circle cx="8" cy="8" r="1.5" />
      <circle cx="13.4" cy="8" r="1.5" />
    </g>
  ),
  "no-data": <circle cx="8" cy="8" r="6" strokeWidth="1.4" strokeDasharray="2.4 2.4" />,
};

interface MarkProps {
  /** Null where nothing is judged: no target. */
  status: Status | null;
  /** Pixels; 16 on cards, 20 in headers, 14 in lines of text. */
  size?: number;
  /** The word stands beside it: the mark itself stays silent. */
  silent?: boolean;
}

/** How it stands: shape and colour together, the word in its label. */
export function Mark({ status, size = 16, silent = false }: MarkProps) {
  const { t } = useLanguage();
  const label = t(`status.${status ?? "none"}`);
  const says = silent ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return (
    <span className={classes(styles.mark, styles[status ?? "none"])} title={label} {...says}>
      <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
        {markShapes[status ?? "too-early"]}
      </svg>
    </span>
  );
}
