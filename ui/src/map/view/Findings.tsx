import type { Finding, Status } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Mark } from "../../kit/Mark.tsx";
import styles from "./view.module.css";

const MARKS: Record<Finding["severity"], Status> = {
  error: "missed",
  warning: "behind",
  info: "too-early",
};

/** What is weak and how it is mended, to read. */
export function Findings({ findings }: { findings: Finding[] }) {
  const { t } = useLanguage();
  return (
    <section className={styles.sheet}>
      <h2>{t("view.part.findings")}</h2>
      {findings.length === 0 && <p className="quiet">{t("view.findings.none")}</p>}
      <ul className={styles.findings}>
        {findings.map((finding) => (
          <li
            key={`${finding.code} ${finding.indicator} ${finding.link.join(" ")} ${finding.sentence}`}
          >
            <Card article className={styles.finding}>
              <span role="img" aria-label={t(`view.severity.${finding.severity}`)}>
                <Mark status={MARKS[finding.severity]} size={16} silent />
              </span>
              <p>{finding.sentence}</p>
              {finding.mend && <p className="quiet">{finding.mend}</p>}
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}
