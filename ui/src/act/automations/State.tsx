import type { Automation } from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import styles from "./automations.module.css";

/** Whether it runs: shape, colour and word. */
export function State({ automation }: { automation: Automation | null }) {
  const { t } = useLanguage();
  const live = automation !== null && automation.live > 0;
  const ever = automation !== null && automation.people.length > 0;
  return (
    <span className={classes(styles.state, live && styles.live)}>
      <Icon name={live ? "act" : "minus"} size={14} />
      {t(
        live
          ? "automations.state.live"
          : ever
            ? "automations.state.off"
            : "automations.state.draft",
      )}
    </span>
  );
}
