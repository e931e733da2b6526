import { Link } from "@tanstack/react-router";
import type { AgreementReply } from "../../api/useAgreement.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Mark } from "../../kit/Mark.tsx";
import styles from "./agreement.module.css";

/** The differences to settle, each with the question that settles it. */
export function Settle({ ws, reply }: { ws: string; reply: AgreementReply }) {
  const { t } = useLanguage();
  const { points } = reply;
  if (points.length === 0)
    return (
      <Card>
        <p className={styles.withIcon}>
          <Mark status="met" silent />
          {t("agreement.same")}
        </p>
      </Card>
    );
  return (
    <section aria-label={t("agreement.settle")}>
      <h3>{t("agreement.settle")}</h3>
      <ol className={styles.points}>
        {points.map((point) => (
          <li key={point.aspect}>
            <Mark status="behind" size={16} silent />
            <div>
              <p>{point.sentence}</p>
              <p className={styles.question}>{point.question}</p>
            </div>
          </li>
        ))}
      </ol>
      {reply.you.decide && (
        <p className="quiet">
          {t("agreement.settle.change")}{" "}
          <Link to="/w/$ws" params={{ ws }} className={buttonClass("text", true)}>
            {t("agreement.toMap")}
          </Link>
        </p>
      )}
    </section>
  );
}
