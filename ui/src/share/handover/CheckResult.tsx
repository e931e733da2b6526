import type { SelfCheck, SelfCheckLine } from "../../api/useHandover.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./handover.module.css";

/** Side by side: what stays, what is done together, what is handed over. */
const COLUMNS = [
  { key: "own", verdicts: ["own", "learn"] },
  { key: "together", verdicts: ["together"] },
  { key: "hand", verdicts: ["hand"] },
] as const;

export function CheckResult({ result }: { result: SelfCheck["result"] }) {
  const { t, f } = useLanguage();
  const hours = (n: number) => f.amount(Math.round(n * 10) / 10, t("handover.unit"));
  return (
    <div className={styles.result}>
      <h3>
        {result.handed > 0
          ? t("handover.sentence", {
              hours: hours(result.hours),
              own: hours(result.own),
              handed: hours(result.handed),
            })
          : t("handover.sentence.all", { hours: hours(result.hours), own: hours(result.own) })}
      </h3>
      {result.short && <Notice kind="warn">{t("handover.short")}</Notice>}
      <div className={styles.columns}>
        {COLUMNS.map(({ key, verdicts }) => {
          const lines = result.lines.filter((one) =>
            (verdicts as readonly string[]).includes(one.verdict),
          );
          return (
            <section key={key} className={styles.column}>
              <h4>
                {t(`handover.column.${key}`)} <span className="quiet">{lines.length}</span>
              </h4>
              {lines.length === 0 && <p className="quiet">{t("handover.column.none")}</p>}
              <ul>
                {lines.map((line) => (
                  <Line key={line.id} line={line} hours={hours(line.hours)} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </div>
  );
}

function Line({ line, hours }: { line: SelfCheckLine; hours: string }) {
  const { t } = useLanguage();
  return (
    <li>
      <span className={styles.lineHead}>
        <b>{line.name}</b>
        <span className="quiet nw">{t("handover.perMonth", { hours })}</span>
      </span>
      <span className={styles.sub}>{line.reason}</span>
    </li>
  );
}
