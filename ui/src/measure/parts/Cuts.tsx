import type { ReactNode } from "react";
import { ChipButton } from "../../kit/Chip.tsx";
import styles from "./parts.module.css";

interface CutsProps<T extends string> {
  /** What is chosen. */
  label: string;
  cuts: { key: T; label: string }[];
  current: T;
  onChange: (key: T) => void;
  /** At the right. */
  children?: ReactNode;
}

/** By what a table is cut. */
export function Cuts<T extends string>({ label, cuts, current, onChange, children }: CutsProps<T>) {
  return (
    <div className={styles.cuts}>
      <fieldset>
        <legend className="sr">{label}</legend>
        {cuts.map((one) => (
          <ChipButton
            key={one.key}
            on={one.key === current}
            aria-pressed={one.key === current}
            onClick={() => onChange(one.key)}
          >
            {one.label}
          </ChipButton>
        ))}
      </fieldset>
      {children}
    </div>
  );
}
