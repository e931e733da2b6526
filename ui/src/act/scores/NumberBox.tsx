import { useState } from "react";
import { classes } from "../../kit/classes.ts";
import styles from "./scores.module.css";

interface NumberBoxProps {
  label: string;
  value: number | undefined;
  least: number;
  most: number;
  /** Shown while it is empty; without it an empty box keeps the last number. */
  none?: string;
  disabled?: boolean;
  wrong?: boolean;
  onChange: (value: number | undefined) => void;
}

/** A whole number within a line. What is no number yet stays in the box alone. */
export function NumberBox({
  label,
  value,
  least,
  most,
  none,
  disabled,
  wrong,
  onChange,
}: NumberBoxProps) {
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? (value === undefined ? "" : String(value));
  return (
    <input
      className={classes(styles.box, styles.number, wrong && styles.wrong)}
      aria-label={label}
      aria-invalid={wrong || undefined}
      title={label}
      inputMode={least < 0 ? "text" : "numeric"}
      placeholder={none}
      value={shown}
      disabled={disabled}
      maxLength={6}
      autoComplete="off"
      onBlur={() => setText(null)}
      onChange={(event) => {
        const said = event.target.value;
        setText(said);
        const n = Number(said.replace("−", "-"));
        if (said === "" && none !== undefined) onChange(undefined);
        else if (said.trim() !== "" && Number.isInteger(n) && n >= least && n <= most) onChange(n);
      }}
    />
  );
}
