import type { CardView } from "../../api/useScores.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { StateTag } from "../../kit/StateTag.tsx";
import styles from "./scores.module.css";

const TONES = { working: "warn", live: "good", off: "quiet" } as const;

/** Whether a card scores people, and whether it is still at it. */
export function State({ view }: { view: CardView }) {
  const { t } = useLanguage();
  const state = view.working ? "working" : view.live ? "live" : "off";
  return (
    <StateTag live tone={TONES[state]} className={styles.state}>
      {t(`scores.state.${state}`)}
    </StateTag>
  );
}
