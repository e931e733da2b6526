import type { Audience } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { classes } from "../../kit/classes.ts";
import { Notice } from "../../kit/Notice.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import broadcast from "./broadcast.module.css";
import styles from "./mail.module.css";

interface AudienceCardProps {
  audience: Audience | undefined;
  error: Error | null;
  busy: boolean;
}

/** To how many it may be sent, and why not to the others. */
export function AudienceCard({ audience, error, busy }: AudienceCardProps) {
  const { t, f } = useLanguage();
  return (
    <Card aria-live="polite" aria-busy={busy} aria-label={t("mail.reach")}>
      <h2 className={styles.h3}>{t("mail.reach")}</h2>
      {error ? (
        <Notice kind="bad">{error.message}</Notice>
      ) : audience ? (
        <div className={classes(broadcast.reach, busy && broadcast.busy)}>
          <p>
            <b className={`${broadcast.big} num`}>
              {f.count(audience.may)}
              <small>{t("mail.people")}</small>
            </b>
            <span className="quiet">{t("mail.reach.of", { count: f.count(audience.chosen) })}</span>
          </p>
          {audience.sentence && <p className={`${styles.small} quiet`}>{audience.sentence}</p>}
          {audience.left_out.length > 0 && (
            <>
              <h3>{t("mail.reach.out", { count: f.count(audience.chosen - audience.may) })}</h3>
              <ul className={broadcast.out}>
                {audience.left_out.map((one) => (
                  <li key={one.why + one.article}>
                    <span>
                      {one.why}
                      {one.article && <small className="quiet">{one.article}</small>}
                    </span>
                    <b className="num">
                      {f.count(one.people)}
                      <small>{t("mail.people")}</small>
                    </b>
                  </li>
                ))}
              </ul>
            </>
          )}
          {audience.days.length > 1 && (
            <Notice kind="info">
              {t("mail.reach.days", {
                days: audience.days.length,
                first: f.count(audience.days[0] ?? 0),
              })}
            </Notice>
          )}
        </div>
      ) : (
        <>
          <Skeleton height={40} width={140} />
          <p className="quiet">{t("mail.reach.waiting")}</p>
        </>
      )}
    </Card>
  );
}
