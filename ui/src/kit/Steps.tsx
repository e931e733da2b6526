import { classes } from "./classes.ts";
import { Icon } from "./Icon.tsx";
import styles from "./Steps.module.css";

interface StepsProps {
  steps: string[];
  /** Which one is open, from 0. */
  current: number;
  /** What the steps lead to. */
  label: string;
  /** Going back to a step that is done. */
  onBack?: ((step: number) => void) | undefined;
}

/** How far one has come on a way of a few steps. */
export function Steps({ steps, current, label, onBack }: StepsProps) {
  return (
    <ol className={styles.steps} aria-label={label}>
      {steps.map((step, i) => {
        const done = i < current;
        return (
          <li
            key={step}
            className={classes(done && styles.done, i === current && styles.on)}
            aria-current={i === current ? "step" : undefined}
          >
            <span className={styles.dot} aria-hidden="true">
              {done ? <Icon name="check" size={12} /> : i + 1}
            </span>
            {done && onBack ? (
              <button type="button" className={styles.word} onClick={() => onBack(i)}>
                {step}
              </button>
            ) : (
              <span className={styles.word}>{step}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
