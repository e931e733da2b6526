import type { Finding, ModelCheck, ModelProblem } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { FindingList } from "../edit/ChecksAside.tsx";
import { Lapses } from "../edit/Lapses.tsx";
import { SmartList } from "../edit/SmartList.tsx";
import styles from "./model.module.css";

interface ModelChecksProps {
  check: ModelCheck | undefined;
  busy: boolean;
  error: unknown;
  retry: () => void;
  onProblem: (problem: ModelProblem) => void;
  onFinding: (finding: Finding) => void;
}

/** What keeps the text from being read, then what would make it a better goal. */
export function ModelChecks(props: ModelChecksProps) {
  const { check, busy, error, retry, onProblem, onFinding } = props;
  const { t } = useLanguage();
  if (error) return <Failed error={error} retry={retry} />;
  if (!check) return <Skeleton height={160} />;
  return (
    <>
      <output className={`quiet ${styles.small}`}>
        {busy ? t("model.checking") : check.ok ? t("model.fine") : ""}
      </output>
      {check.problems.length > 0 && (
        <section>
          <h2>{t("model.problems")}</h2>
          <ul>
            {check.problems.map((one) => (
              <li key={`${one.line}:${one.col} ${one.message}`}>
                <button type="button" className={styles.problem} onClick={() => onProblem(one)}>
                  <b>{t("model.problem.at", { line: one.line })}</b>
                  <span>
                    {one.message}
                    {one.mend && <span className={`quiet ${styles.small}`}> {one.mend}</span>}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {check.ok && (
        <>
          <Lapses lapses={check.lapses} />
          <section>
            <h2>{t("model.findings")}</h2>
            {check.findings.length === 0 && (
              <p className={`quiet ${styles.small}`}>{t("model.findings.none")}</p>
            )}
            <FindingList findings={check.findings} onOpen={onFinding} />
          </section>
          {check.smart.length > 0 && (
            <section>
              <h2>{t("model.smart")}</h2>
              <SmartList lines={check.smart} narrow />
            </section>
          )}
        </>
      )}
    </>
  );
}
