import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import styles from "./forms.module.css";

/** Whether a form takes anything in: a word in a box, green while it does. */
export function State({ open }: { open: boolean }) {
  const { t } = useLanguage();
  return (
    <span className={classes(styles.state, open && styles.isOpen)}>
      {t(open ? "forms.open" : "forms.closed")}
    </span>
  );
}
