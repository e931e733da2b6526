import { Link } from "@tanstack/react-router";
import type { MailBody, MailSettings } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Icon } from "../../kit/Icon.tsx";
import styles from "./mail.module.css";

interface FooterProps {
  ws: string;
  body: MailBody;
  legal: MailSettings["legal"] | null;
}

/** What stands under every mail: no block, so that nobody takes it out. */
export function Footer({ ws, body, legal }: FooterProps) {
  const { t } = useLanguage();
  const marketing = body.stream === "marketing";
  const lines = legal
    ? [legal.sender, legal.agent, legal.postal, legal.contact, legal.trade].filter(Boolean)
    : [];
  return (
    <section className={styles.footer} aria-label={t("mail.footer")}>
      <div className={styles.blockHead}>
        <b>{t("mail.footer")}</b>
        <span className={styles.locked}>
          <Icon name="key" size={14} />
          {t(marketing ? "mail.footer.locked" : "mail.footer.none")}
        </span>
      </div>
      {lines.length > 0 && <p>{lines.join("\n")}</p>}
      {marketing && <p className="quiet">{t("mail.footer.stop")}</p>}
      {marketing && (
        <p className={`${styles.small} quiet`}>
          {t("mail.footer.law")}{" "}
          <Link to="/w/$ws/act/mail/senders" params={{ ws }} className={styles.link}>
            {t("mail.footer.edit")}
          </Link>
        </p>
      )}
    </section>
  );
}
