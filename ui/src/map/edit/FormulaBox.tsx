import { useRef } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { classes } from "../../kit/classes.ts";
import { TextField } from "../../kit/Field.tsx";
import styles from "./edit.module.css";
import { insertAt, readFormula } from "./formulaText.ts";
import type { PlacedProblem } from "./problemPlace.ts";

const SIGNS = [
  ["*", "×"],
  ["/", "÷"],
  ["+", "＋"],
  ["-", "−"],
  ["(", "("],
  [")", ")"],
] as const;

interface FormulaBoxProps {
  value: string;
  onChange: (formula: string) => void;
  /** What can stand in the formula. */
  indicators: { id: string; name: string }[];
  problem: PlacedProblem | undefined;
  /** Checked, and it works. */
  fine: boolean;
}

/** A formula to type or to click together; what is wrong is shown at its place below. */
export function FormulaBox({ value, onChange, indicators, problem, fine }: FormulaBoxProps) {
  const { t } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const nameOf = (id: string) => indicators.find((one) => one.id === id)?.name;

  function insert(what: string) {
    const box = place.current?.querySelector("textarea");
    const start = box?.selectionStart ?? value.length;
    const end = box?.selectionEnd ?? value.length;
    const next = insertAt(value, start, end, what);
    onChange(next.text);
    requestAnimationFrame(() => {
      box?.focus();
      box?.setSelectionRange(next.cursor, next.cursor);
    });
  }

  return (
    <div className={styles.stack} style={{ gap: 10 }} ref={place}>
      <div className={styles.mono}>
        <TextField
          label={t("edit.formula")}
          value={value}
          rows={2}
          spellCheck={false}
          placeholder={t("edit.formula.placeholder")}
          error={problem?.message}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      {value.trim() ? (
        <p className={classes(styles.under, problem && styles.wrongLine)}>
          {problem?.at !== null && problem?.at !== undefined ? (
            <Spot text={value} at={problem.at} label={t("edit.formula.spot")} />
          ) : (
            <>
              <b>{t("edit.formula.reads")}</b>
              {readFormula(value, nameOf)}
              {fine && !problem && <span className="good"> — {t("edit.formula.fine")}</span>}
            </>
          )}
        </p>
      ) : (
        <p className={styles.under}>{t("edit.formula.empty")}</p>
      )}
      <div>
        <p className={styles.legend} id="formula-names">
          {t("edit.formula.insert")}
        </p>
        <ul
          className={classes(styles.chips, styles.names)}
          aria-labelledby="formula-names"
          style={{ marginTop: 6 }}
        >
          {indicators.map((one) => (
            <li key={one.id}>
              <ChipButton title={one.id} onClick={() => insert(one.id)}>
                {one.name}
              </ChipButton>
            </li>
          ))}
        </ul>
      </div>
      <ul className={styles.chips} aria-label={t("edit.formula.signs")}>
        {SIGNS.map(([sign, shown]) => (
          <li key={sign}>
            <ChipButton aria-label={shown} onClick={() => insert(sign)}>
              {shown}
            </ChipButton>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The text with the place that is wrong marked; past the end, a blank is marked. */
function Spot({ text, at, label }: { text: string; at: number; label: string }) {
  const letters = [...text];
  const start = Math.min(at, letters.length);
  let end = start + 1;
  while (
    end < letters.length &&
    /[\p{L}\p{N}_.]/u.test(letters[start] ?? "") &&
    /[\p{L}\p{N}_.]/u.test(letters[end] ?? "")
  )
    end++;
  return (
    <span className={styles.spot}>
      {letters.slice(0, start).join("")}
      <mark title={label}>{letters.slice(start, end).join("") || "\u00a0\u00a0"}</mark>
      {letters.slice(end).join("")}
    </span>
  );
}
