import type { Duty } from "../../api/useLaw.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { useWhen } from "../contacts/when.ts";
import styles from "./duties.module.css";

const MARKS = { green: "met", amber: "behind", red: "missed" } as const;

/** The twenty duties: where each is written, what is done about it, how things stand. */
export function DutyList({ duties }: { duties: Duty[] }) {
  const { t } = useLanguage();
  const when = useWhen();
  return (
    <Card aria-label={t("duties.list")}>
      <h2 className={styles.h2}>{t("duties.list")}</h2>
      <ol className={styles.duties}>
        {duties.map((one) => (
          <li key={one.number}>
            <span className={styles.number}>{one.number}</span>
            <div>
              <p className={styles.name}>
                <b>{one.name}</b>
                <small>{one.article}</small>
              </p>
              <p className={styles.does}>{one.does}</p>
              {one.light !== "none" && (
                <p className={styles.found}>
                  <Mark status={MARKS[one.light]} silent />
                  <span className="sr">{t(`duties.light.${one.light}`)}</span>
                  <span>{one.found}</span>
                </p>
              )}
              {one.last && (
                <p className={styles.last}>
                  {t("duties.last", {
                    when: when(Date.parse(one.last.at)),
                    who: one.last.who || t("activity.record.unknown"),
                    what: one.last.sentence,
                  })}
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
