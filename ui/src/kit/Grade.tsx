import { classes } from "./classes.ts";
import styles from "./Grade.module.css";

/** The letter in the box: = calculation, A tried, B seen ahead, C seen together, H believed. */
const LETTERS: Record<string, string> = {
  formula: "=",
  randomized: "A",
  intervention: "A",
  "predicts-out-of-sample": "B",
  predicts: "B",
  correlates: "C",
  belief: "H",
};

interface GradeProps {
  grade: string;
  /** The grade in words, with what else is known: "先読み・180日". */
  label: string;
}

/** How good the evidence is: a boxed letter and two to four words. */
export function Grade({ grade, label }: GradeProps) {
  return (
    <span className={classes(styles.grade, grade === "belief" && styles.belief)}>
      <i aria-hidden="true">{LETTERS[grade] ?? "H"}</i>
      {label}
    </span>
  );
}
