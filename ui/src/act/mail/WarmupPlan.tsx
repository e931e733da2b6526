import type { MailSender } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import styles from "./mail.module.css";

/** How a new sender begins: the most mails of each day, and where it is today. */
export function WarmupPlan({ warmup }: { warmup: NonNullable<MailSender["warmup"]> }) {
  const { t, f } = useLanguage();
  const most = Math.max(...warmup.plan, 1);
  const over = warmup.limit === null;
  return (
    <section className={styles.tight}>
      <h3>{t("mail.warmup")}</h3>
      <p className={`${styles.small} quiet`}>
        {over
          ? t("mail.warmup.over")
          : t("mail.warmup.day", {
              day: warmup.day,
              days: warmup.plan.length,
              sent: f.count(warmup.sent),
              limit: f.count(warmup.limit ?? 0),
            })}
      </p>
      <ol className={styles.days}>
        {warmup.plan.map((limit, n) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a day is its place
            key={n}
            className={classes(
              n + 1 < warmup.day && styles.past,
              n + 1 === warmup.day && styles.now,
            )}
            title={t("mail.warmup.of", { day: n + 1, limit: f.count(limit) })}
          >
            <i style={{ height: `${Math.max(3, Math.sqrt(limit / most) * 48)}px` }} />
            {(n === 0 || n === warmup.plan.length - 1 || n + 1 === warmup.day) && (
              <span>{f.count(limit)}</span>
            )}
          </li>
        ))}
      </ol>
      <p className={`${styles.small} quiet`}>{t("mail.warmup.line")}</p>
    </section>
  );
}
