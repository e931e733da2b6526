import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { useToast } from "../kit/Toast.tsx";
import styles from "./people.module.css";

/** A text to take along as it is. */
export function Copyable({ text, label }: { text: string; label: string }) {
  const { t } = useLanguage();
  const say = useToast();
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      say({ text: t("people.copied") });
    } catch {
      say({ text: t("people.copy.failed") });
    }
  }
  return (
    <div className={styles.snippet}>
      <code>{text}</code>
      <Button
        small
        icon="copy"
        aria-label={`${t("people.link.copy")}: ${label}`}
        onClick={() => void copy()}
      >
        {t("people.link.copy")}
      </Button>
    </div>
  );
}
