import type { CardView } from "../../api/useScores.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import styles from "./scores.module.css";

/** Whether a card scores people, and whether it is still at it. */
export function State({ view }: { view: CardView }) {
  const { t } = useLanguage();
  const state = view.working ? "working" : view.live ? "live" : "off";
  return (
    <output className={classes(styles.state, styles[state])}>{t(`scores.state.${state}`)}</output>
  );
}
