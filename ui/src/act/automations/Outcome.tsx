import type { AutomationEffect } from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import styles from "./automations.module.css";
import { titled } from "./flow.ts";

/** What became of those sent to, or of those held out. */
export function Outcome({
  effect,
  arm,
}: {
  effect: AutomationEffect | null;
  arm: "sent" | "held";
}) {
  const { t, f } = useLanguage();
  const outcome = effect?.outcome.name || t("automations.outcome.word");
  const of = effect?.effect[arm];
  const known = of !== undefined && of.people > 0 && of.rate != null;
  const rate = known ? f.parts(of.rate ?? 0, "%") : null;
  return (
    <div className={classes(styles.outcome, arm === "sent" && styles.sentTo)}>
      <span className={styles.kind}>
        {titled(
          t(arm === "sent" ? "automations.outcome.sent" : "automations.outcome.held", { outcome }),
        )}
      </span>
      {rate ? (
        <div className={styles.rate}>
          <b className="num">
            {rate.number}
            <small>{rate.unit}</small>
          </b>
          <span className="quiet">
            {t("automations.outcome.of", {
              people: f.count(of?.people ?? 0),
              outcomes: f.count(of?.outcomes ?? 0),
            })}
          </span>
        </div>
      ) : (
        <p className="quiet">{t("automations.outcome.none")}</p>
      )}
    </div>
  );
}
