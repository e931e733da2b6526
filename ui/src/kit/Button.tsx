import type { ButtonHTMLAttributes } from "react";
import styles from "./Button.module.css";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./Icon.tsx";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** One primary per region; text for links that act; quiet for what is rarely wanted. Default outline. */
  kind?: "primary" | "outline" | "text" | "quiet" | "danger";
  small?: boolean;
  icon?: IconName;
}

/** A button says a verb. */
export function Button({
  kind = "outline",
  small,
  icon,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={classes(styles.button, styles[kind], small && styles.small, className)}
      {...rest}
    >
      {icon && <Icon name={icon} size={small ? 14 : 15} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: IconName;
  /** What it does; read aloud and shown on hover. */
  label: string;
  /** Without the box around it. */
  bare?: boolean;
}

/** A square button with a drawing only. */
export function IconButton({ icon, label, bare, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classes(styles.button, styles.square, bare && styles.bare, className)}
      {...rest}
    >
      <Icon name={icon} size={14} />
    </button>
  );
}

/** The look of a button for links; `<Link className={buttonClass("primary")}>`. */
export function buttonClass(
  kind: NonNullable<ButtonProps["kind"]> = "outline",
  small = false,
): string {
  return classes(styles.button, styles[kind], small && styles.small);
}
