import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import styles from "./contacts.module.css";

const icons = { granted: "check", refused: "close", none: "minus" } as const;

/** Whether advertising may be sent: shape, colour and word together. */
export function ConsentMark({ state }: { state: keyof typeof icons }) {
  const { t } = useLanguage();
  return (
    <span className={classes(styles.mark, state !== "none" && styles[state])}>
      <Icon name={icons[state]} size={14} />
      {t(`contacts.consent.${state}`)}
    </span>
  );
}
