import { Link } from "@tanstack/react-router";
import { type MailSender, usePreflight } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import styles from "./mail.module.css";

/** A sender in short: who, which kind of mail, and whether it may send now. */
export function SenderLine({ ws, sender }: { ws: string; sender: MailSender }) {
  const { t, f } = useLanguage();
  const looked = usePreflight(ws, sender.id);
  const red = looked.data?.checks.filter((one) => one.light === "red").length ?? 0;
  const { warmup } = sender;
  const marketing = sender.settings.stream === "marketing";
  return (
    <Card className={styles.tight}>
      <b>{sender.name}</b>
      <p className={styles.small}>
        {sender.settings.from}
        <br />
        <span className="quiet">{t(`mail.stream.${sender.settings.stream}`)}</span>
      </p>
      {looked.data && (
        <p className={`${styles.small} ${red === 0 ? "good" : marketing ? "bad" : "warn"}`}>
          {red === 0
            ? t("mail.preflight.ready")
            : t(marketing ? "mail.preflight.red" : "mail.preflight.better", { count: red })}
        </p>
      )}
      {looked.isPending && <p className={`${styles.small} quiet`}>{t("mail.preflight.looking")}</p>}
      {warmup?.limit != null && (
        <p className={`${styles.small} quiet`}>
          {t("mail.warmup.today", { sent: f.count(warmup.sent), limit: f.count(warmup.limit) })}
        </p>
      )}
      {red > 0 && (
        <p className={styles.small}>
          <Link to="/w/$ws/act/mail/senders" params={{ ws }} className={styles.link}>
            {t("mail.preflight.mend")}
          </Link>
        </p>
      )}
    </Card>
  );
}
