import type { Finding, SmartLine, Status } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Mark } from "../../kit/Mark.tsx";
import styles from "./edit.module.css";
import { SmartList } from "./SmartList.tsx";

const MARKS: Record<Finding["severity"], Status> = {
  error: "missed",
  warning: "behind",
  info: "too-early",
};

interface ChecksAsideProps {
  /** About the KGI, whichever indicator is edited. */
  smart: SmartLine[];
  isKgi: boolean;
  /** Findings about this indicator only. */
  findings: Finding[];
  /** Problems that belong to no field of the form. */
  others: string[];
  checking: boolean;
  failed: boolean;
}

/** Beside the form: is it a good goal, and what was noticed. */
export function ChecksAside({
  smart,
  isKgi,
  findings,
  others,
  checking,
  failed,
}: ChecksAsideProps) {
  const { t } = useLanguage();
  const ready = smart.filter((line) => line.state === "ok").length;
  // Beside a KPI, only what is not in order at the KGI is worth the room.
  const shown = isKgi ? smart : smart.filter((line) => line.state !== "ok");
  return (
    <>
      <div>
        <h3>{t("edit.checks.about")}</h3>
        {failed && <p className={`bad ${styles.small}`}>{t("edit.checks.failed")}</p>}
        {others.map((text) => (
          <p key={text} className={`bad ${styles.small}`} role="alert">
            {text}
          </p>
        ))}
        {findings.length === 0 && others.length === 0 && !failed && (
          <p className={`quiet ${styles.small}`}>{t("edit.checks.fine")}</p>
        )}
        <FindingList findings={findings} />
      </div>
      {smart.length > 0 && (
        <div>
          <h3>
            {t(isKgi ? "edit.checks" : "edit.checks.kgi")}
            <span className={`quiet ${styles.small}`} style={{ fontWeight: 400 }}>
              {t("edit.checks.count", { count: ready })}
            </span>
          </h3>
          <div className={styles.small}>
            <SmartList lines={shown} narrow />
          </div>
        </div>
      )}
      <output className="sr">{checking ? t("edit.checks.running") : ""}</output>
    </>
  );
}

/** Findings with their mark, the sentence and the mend. */
export function FindingList({
  findings,
  onOpen,
}: {
  findings: Finding[];
  onOpen?: (finding: Finding) => void;
}) {
  const { t } = useLanguage();
  return (
    <ul>
      {findings.map((finding) => {
        const words = (
          <>
            <span className="sr">{t(`edit.severity.${finding.severity}`)}: </span>
            {finding.sentence}
            {finding.mend && <span className={`quiet ${styles.small}`}> {finding.mend}</span>}
          </>
        );
        return (
          <li
            key={`${finding.code} ${finding.indicator} ${finding.link.join()}`}
            className={styles.finding}
          >
            <span>
              <Mark status={MARKS[finding.severity]} size={14} silent />
            </span>
            {onOpen && finding.indicator ? (
              <button type="button" onClick={() => onOpen(finding)}>
                {words}
              </button>
            ) : (
              <span>{words}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
