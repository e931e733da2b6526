import { useAccountRecord } from "../api/useMe.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Card } from "../kit/Card.tsx";
import { Failed } from "../kit/EmptyState.tsx";
import styles from "./people.module.css";

/** What was done with one's own account; nothing where nothing was. */
export function AccountRecord() {
  const { t, f, lang } = useLanguage();
  const record = useAccountRecord(lang);
  if (record.error) return <Failed error={record.error} retry={() => void record.refetch()} />;
  if (!record.data?.deeds.length) return null;
  return (
    <section>
      <div className={styles.head}>
        <div>
          <h2>{t("signin.record")}</h2>
          <p className="quiet">{t("signin.record.line")}</p>
        </div>
      </div>
      <Card flush>
        <ul className={styles.list}>
          {record.data.deeds.map((deed) => (
            <li key={deed.id}>
              <span className={styles.grow}>
                {deed.sentence}
                {deed.changes.map((one) => (
                  <span key={one.field} className={styles.line}>
                    {one.name}: {one.before ?? t("signin.record.nothing")} →{" "}
                    {one.after ?? t("signin.record.nothing")}
                  </span>
                ))}
              </span>
              <time className="quiet" dateTime={deed.at}>
                {f.time(deed.at)}
              </time>
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}
