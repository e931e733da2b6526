import type { Broadcast } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import styles from "./mail.module.css";

const TONES: Record<Broadcast["state"], string> = {
  draft: "quiet",
  planned: "on",
  asking: "warn",
  queueing: "on",
  sending: "on",
  sent: "good",
  stopped: "quiet",
};

/** Where a broadcast stands, in a word. */
export function StateMark({ state }: { state: Broadcast["state"] }) {
  const { t } = useLanguage();
  return (
    <span className={`${styles.state} ${styles[TONES[state]]}`}>{t(`mail.state.${state}`)}</span>
  );
}
