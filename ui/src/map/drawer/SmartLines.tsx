import type { SmartLine, Status } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Mark } from "../../kit/Mark.tsx";
import styles from "./Drawer.module.css";

const MARKS: Record<SmartLine["state"], Status> = {
  ok: "on-pace",
  warn: "behind",
  no: "missed",
  wait: "too-early",
};

/** How well the goal is set, in five lines. */
export function SmartLines({ smart }: { smart: SmartLine[] }) {
  const { t } = useLanguage();
  if (smart.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3>{t("map.checks")}</h3>
      <ul className={styles.smart}>
        {smart.map((line) => (
          <li key={line.letter}>
            <Mark status={MARKS[line.state]} size={14} silent />
            <b>{line.title}</b>
            <span>
              {line.sentence}
              {line.hint && <span className="quiet"> {line.hint}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
