import type { Lead, LeadReason } from "../../api/useLeads.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Icon, type IconName } from "../../kit/Icon.tsx";
import styles from "./leads.module.css";

const icons: Record<LeadReason["kind"], IconName> = {
  view: "eye",
  event: "check",
  fit: "person",
  given: "act",
};

/** Why somebody is hot: what they did or are, when, and the points it gave. */
export function Reasons({ lead }: { lead: Lead }) {
  const { t, f, lang } = useLanguage();
  const most = Math.max(1, ...lead.why.map((one) => Math.abs(one.points)));
  return (
    <div className={styles.reasons}>
      <ul>
        {lead.why.map((one) => (
          <li key={one.rule}>
            <Icon name={icons[one.kind]} size={16} className="quiet" />
            <span className={styles.what}>
              {lang === "ja" ? one.ja : one.en}
              {one.when_ja !== "" && (
                <span className={styles.whenWords}>
                  {lang === "ja" ? one.when_ja : one.when_en}
                </span>
              )}
            </span>
            <span className={one.points < 0 ? styles.minus : styles.bar} aria-hidden="true">
              <i style={{ width: `${(Math.abs(one.points) / most) * 100}%` }} />
            </span>
            <b className="num">{f.difference(one.points, "")}</b>
          </li>
        ))}
      </ul>
      <p className={styles.sum}>
        {lead.line !== null && <span>{t("leads.line", { points: lead.line })}</span>}
        <b>{t("leads.sum", { points: lead.points })}</b>
      </p>
    </div>
  );
}
