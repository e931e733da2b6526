import type { ContactDetail, Journey } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import styles from "./contacts.module.css";
import { useWhen } from "./when.ts";

/** Somebody's points by each card, and their ways through automations. */
export function ActingCards({ acting }: { acting: ContactDetail["acting"] }) {
  const { t, f } = useLanguage();
  return (
    <>
      <Card>
        <h3>{t("contacts.points")}</h3>
        {acting.points.length === 0 && <p className="quiet">{t("contacts.points.none")}</p>}
        {acting.points.map((one) => (
          <p key={one.card} className={styles.line}>
            <span>
              {one.name}
              {one.hot && <span className={styles.sub}>{t("contacts.points.hot")}</span>}
            </span>
            <span className={styles.people}>
              {f.count(one.points ?? 0)}
              <small>{t("contacts.points.unit")}</small>
            </span>
          </p>
        ))}
      </Card>
      <Card>
        <h3>{t("contacts.journeys")}</h3>
        {acting.journeys.length === 0 && <p className="quiet">{t("contacts.journeys.none")}</p>}
        {acting.journeys.map((one) => (
          <Way key={`${one.automation}/${one.entry}`} one={one} />
        ))}
      </Card>
    </>
  );
}

function Way({ one }: { one: Journey }) {
  const { t } = useLanguage();
  const when = useWhen();
  return (
    <p className={styles.line}>
      <span>
        {one.name || t("contacts.journey.gone")}
        <span className={styles.sub}>
          {when(one.entered_at)}
          {one.ended_at > 0 && `〜${when(one.ended_at)}`}
        </span>
      </span>
      <span className="quiet">{t(`contacts.journey.${one.state}`)}</span>
    </p>
  );
}
