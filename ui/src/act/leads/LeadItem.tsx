import { Link } from "@tanstack/react-router";
import type { Lead } from "../../api/useLeads.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { LeadActions } from "./LeadActions.tsx";
import styles from "./leads.module.css";
import { Reasons } from "./Reasons.tsx";
import { useWhen } from "./useWhen.ts";

interface LeadItemProps {
  ws: string;
  lead: Lead;
  zone: string;
  open: boolean;
  onOpen: () => void;
}

/** One person of the list: closed a line that says why, open with all reasons and what to do. */
export function LeadItem({ ws, lead, zone, open, onOpen }: LeadItemProps) {
  const { t, f, lang } = useLanguage();
  const when = useWhen(zone);
  const name = lead.name || lead.address;
  const called = name ? t("leads.called", { name }) : t("leads.anonymous");
  const who = f.facts([lead.company, ...lead.about].filter(Boolean));
  const why = f.facts(lead.why.slice(0, 2).map((one) => (lang === "ja" ? one.ja : one.en)));
  return (
    <li className={classes(styles.lead, open && styles.open)}>
      <div className={styles.chance}>
        {lead.chance === null ? (
          <>
            <span className={classes("num", styles.figure)}>
              {f.count(lead.points)}
              <small>{t("leads.points")}</small>
            </span>
            {open && <span className={styles.small}>{t("leads.noChance")}</span>}
          </>
        ) : (
          <>
            <span className={classes("num", styles.figure)}>
              {percentOf(lead.chance)}
              <small>%</small>
            </span>
            {open && <span className={styles.small}>{t("leads.chance")}</span>}
          </>
        )}
      </div>
      <div className={styles.body}>
        <button type="button" className={styles.head} aria-expanded={open} onClick={onOpen}>
          <b>{called}</b>
          {who && <span className={styles.small}>{who}</span>}
          <span className={classes(styles.small, styles.when)}>{when(lead.hot_at)}</span>
          {!open && <span className={styles.why}>{why}</span>}
        </button>
        {open && (
          <>
            {(lead.owner || lead.verdict) && (
              <p className={styles.state}>
                {lead.verdict && <b>{t(`leads.state.${lead.verdict}`)}</b>}
                {lead.reason && <span>{t("leads.reason", { reason: lead.reason })}</span>}
                {lead.owner && (
                  <span>
                    {lead.mine ? t("leads.mine") : t("leads.owner", { name: lead.owner_name })}
                  </span>
                )}
              </p>
            )}
            <Reasons lead={lead} />
            {!lead.contact && <p className={styles.note}>{t("leads.anonymous.line")}</p>}
            {lead.contact && (
              <Link
                className={styles.past}
                to="/w/$ws/act/contacts/$id"
                params={{ ws, id: lead.contact }}
              >
                {t("leads.past")}
              </Link>
            )}
            <LeadActions ws={ws} lead={lead} name={called} />
          </>
        )}
      </div>
    </li>
  );
}

/** Never surer than a projection is. */
function percentOf(chance: number): string {
  if (chance < 0.01) return "<1";
  return chance > 0.99 ? ">99" : String(Math.round(chance * 100));
}
