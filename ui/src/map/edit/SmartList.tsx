import type { SmartLine, Status } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { Mark } from "../../kit/Mark.tsx";
import styles from "./SmartList.module.css";

/** The four states wear the marks the map already taught. */
const MARKS: Record<SmartLine["state"], Status> = {
  ok: "on-pace",
  warn: "behind",
  no: "missed",
  wait: "too-early",
};

interface SmartListProps {
  lines: SmartLine[];
  narrow?: boolean;
  /** Says a sentence only of what is still missing: the goal itself stands right beside the list. */
  brief?: boolean;
}

/** The five lines of a good goal: specific, measurable, achievable, relevant, time-bound. */
export function SmartList({ lines, narrow, brief }: SmartListProps) {
  const { t } = useLanguage();
  return (
    <ul className={classes(narrow && styles.narrow)}>
      {lines.map((line) => (
        <li key={line.letter} className={styles.row}>
          <span className={styles.mark}>
            <Mark status={MARKS[line.state]} silent />
          </span>
          <b>
            {line.title}
            <span className="sr">: {t(`edit.smart.${line.state}`)}</span>
          </b>
          <span className={styles.text}>
            {!(brief && line.state === "ok") && line.sentence}
            {line.hint && !(brief && line.state === "wait") && (
              <span className={styles.hint}>{line.hint}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
