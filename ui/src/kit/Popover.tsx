import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { classes } from "./classes.ts";
import styles from "./Popover.module.css";

interface PopoverProps {
  /** The control that opens it; give it the wires. */
  trigger: (wires: {
    "aria-expanded": boolean;
    "aria-controls": string;
    onClick: () => void;
  }) => ReactNode;
  /** What is inside; call close when something was chosen. */
  children: (close: () => void) => ReactNode;
  label: string;
  /** The edge it shares with the trigger. Default start. */
  align?: "start" | "end";
  /** Opens above, for controls at the foot of the screen. */
  above?: boolean;
  className?: string | undefined;
}

/** A small sheet beside its trigger; Esc or a press elsewhere closes it. */
export function Popover({
  trigger,
  children,
  label,
  align = "start",
  above,
  className,
}: PopoverProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", elsewhere);
    return () => document.removeEventListener("pointerdown", elsewhere);
  }, [open]);
  function close() {
    setOpen(false);
    root.current?.querySelector<HTMLElement>("[aria-expanded]")?.focus();
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc is caught on its way up from the controls inside
    <div
      ref={root}
      className={classes(styles.root, className)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      {trigger({ "aria-expanded": open, "aria-controls": id, onClick: () => setOpen(!open) })}
      {open && (
        <div
          id={id}
          role="dialog"
          aria-label={label}
          className={classes(styles.sheet, styles[align], above && styles.above)}
        >
          {children(close)}
        </div>
      )}
    </div>
  );
}

interface MenuItemProps {
  children: ReactNode;
  onClick: () => void;
  current?: boolean;
  icon?: ReactNode;
  disabled?: boolean;
}

/** A line in a popover that does something. */
export function MenuItem({ children, onClick, current, icon, disabled }: MenuItemProps) {
  return (
    <button
      type="button"
      className={styles.item}
      onClick={onClick}
      disabled={disabled}
      aria-current={current || undefined}
    >
      {icon}
      {children}
    </button>
  );
}

/** The look of a menu line for links. */
export const menuItemClass = styles.item ?? "";

/** A thin line between groups. */
export function MenuRule() {
  return <hr className={styles.rule} />;
}
