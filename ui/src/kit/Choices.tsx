import { type CSSProperties, type ReactNode, useId } from "react";
import styles from "./Choices.module.css";
import { classes } from "./classes.ts";
import { Icon } from "./Icon.tsx";

interface ChoicesProps<T extends string> {
  /** What is asked. */
  legend: string;
  /** The question stands somewhere else already: read aloud only. */
  silentLegend?: boolean;
  options: { value: T; title: string; line?: ReactNode; before?: ReactNode }[];
  value: T | null;
  onChange: (value: T) => void;
  /** Narrowest card in pixels; the row breaks below it. Default 180. */
  least?: number;
}

/** One of a few, each a card with its explanation; arrows move, as in any radio group. */
export function Choices<T extends string>({
  legend,
  silentLegend,
  options,
  value,
  onChange,
  least = 180,
}: ChoicesProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.set}>
      <legend className={silentLegend ? "sr" : styles.legend}>{legend}</legend>
      <div className={styles.cards} style={{ "--least": `${least}px` } as CSSProperties}>
        {options.map((option) => (
          <label
            key={option.value}
            className={classes(styles.card, option.value === value && styles.on)}
          >
            {option.before}
            <b>{option.title}</b>
            {option.line && <span className={styles.line}>{option.line}</span>}
            {option.value === value && (
              <span className={styles.check}>
                <Icon name="check" size={16} />
              </span>
            )}
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
