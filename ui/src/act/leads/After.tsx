import type { LeadsAfter } from "../../api/useLeads.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { classes } from "../../kit/classes.ts";
import styles from "./leads.module.css";

/** What became of the leads of the day before. */
export function After({ before }: { before: LeadsAfter }) {
  const { t, f } = useLanguage();
  const cells = [
    { key: "talked", count: before.talked + before.meetings },
    { key: "meetings", count: before.meetings },
    { key: "notNow", count: before.not_now },
    { key: "open", count: before.open },
  ] as const;
  return (
    <Card className={styles.after}>
      <header>
        <h3>{t("leads.after", { count: before.of })}</h3>
        <span className={styles.small}>{t("leads.after.line")}</span>
      </header>
      <dl>
        {cells.map((one) => (
          <div key={one.key}>
            <dt>{t(`leads.after.${one.key}`)}</dt>
            <dd className={classes("num", one.key === "open" && one.count > 0 && "warn")}>
              {t("leads.count", { count: f.count(one.count) })}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
