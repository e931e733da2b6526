import type { Initiative } from "../../api/useInitiatives.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import styles from "./initiatives.module.css";

const ICONS = { idea: "info", running: "act", finished: "check" } as const;

/** How far it is: shape, colour and word. */
export function State({ state }: { state: Initiative["state"] }) {
  const { t } = useLanguage();
  return (
    <span className={classes(styles.state, state === "running" && styles.running)}>
      <Icon name={ICONS[state]} size={14} />
      {t(`initiatives.state.${state}`)}
    </span>
  );
}
