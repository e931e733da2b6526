import { type KeyboardEvent, type ReactNode, useId } from "react";
import { classes } from "./classes.ts";
import styles from "./Tabs.module.css";

interface TabsProps<T extends string> {
  tabs: { key: T; label: string; count?: number | undefined }[];
  current: T;
  onChange: (key: T) => void;
  /** What the tabs choose between. */
  label: string;
  /** The current tab's content. */
  children: ReactNode;
  /** Of the panel. */
  className?: string | undefined;
  /** Of the row of tabs. */
  listClassName?: string | undefined;
}

/** Tabs with their panel; arrows move between them. */
export function Tabs<T extends string>({
  tabs,
  current,
  onChange,
  label,
  children,
  className,
  listClassName,
}: TabsProps<T>) {
  const id = useId();
  function walk(event: KeyboardEvent) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const at = tabs.findIndex((tab) => tab.key === current);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onChange(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  }
  return (
    <>
      <div
        className={classes(styles.tabs, listClassName)}
        role="tablist"
        aria-label={label}
        onKeyDown={walk}
      >
        {tabs.map((tab) => (
          <button
            key={tab.key}
            id={`${id}-${tab.key}`}
            type="button"
            role="tab"
            aria-selected={tab.key === current}
            aria-controls={`${id}-panel`}
            tabIndex={tab.key === current ? 0 : -1}
            onClick={() => onChange(tab.key)}
          >
            {tab.label}
            {tab.count !== undefined && <span className="quiet"> {tab.count}</span>}
          </button>
        ))}
      </div>
      <div
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${current}`}
        className={classes(styles.panel, className)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling panel must be reachable by keyboard
        tabIndex={0}
      >
        {children}
      </div>
    </>
  );
}
