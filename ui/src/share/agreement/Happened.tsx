import type { AgreementReply } from "../../api/useAgreement.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import styles from "./agreement.module.css";

/** What was said and signed, the newest first. Nothing in it is ever rewritten. */
export function Happened({ list }: { list: AgreementReply["history"] }) {
  const { t, f } = useLanguage();
  if (list.length === 0) return null;
  return (
    <details className={styles.happened}>
      <summary>{t("agreement.history", { count: list.length })}</summary>
      <ol>
        {list.map((one) => (
          <li key={`${one.at} ${one.kind} ${one.who}`}>
            <span className="quiet">{f.time(one.at)}</span>
            <span>
              {t(`agreement.happened.${one.kind}`, { who: one.who })}
              {one.text && <span className={styles.note}>{one.text}</span>}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
