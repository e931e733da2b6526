import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Field } from "../../kit/Field.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./links.module.css";

interface NewLinkProps {
  made: { token: string; expires_at: string };
  onDone: () => void;
}

/** The address of a new link; only its fingerprint is kept, so it is shown this once. */
export function NewLink({ made, onDone }: NewLinkProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  // The address as this browser reaches the server: the server may not know its own name.
  const url = `${location.origin}/view/${made.token}`;
  async function copy() {
    try {
      await navigator.clipboard.writeText(url);
      say({ text: t("share.copied") });
    } catch {
      say({ text: t("share.copy.failed") });
    }
  }
  const ends = new Date(made.expires_at);
  const days = Math.max(0, Math.round((ends.getTime() - Date.now()) / 86_400_000));
  return (
    <div>
      <h3>{t("share.made")}</h3>
      <p className="quiet">{t("share.made.line")}</p>
      <div className={styles.url}>
        <Field
          label={t("share.url")}
          value={url}
          readOnly
          onFocus={(event) => event.target.select()}
        />
        <Button kind="primary" icon="copy" style={{ height: 36 }} onClick={() => void copy()}>
          {t("share.copy")}
        </Button>
      </div>
      <div className={styles.make}>
        <a className={buttonClass("outline")} href={url} target="_blank" rel="noreferrer">
          {t("share.see")}
        </a>
        <Button onClick={onDone}>{t("share.done")}</Button>
        <span className={`quiet ${styles.small}`}>
          {t("share.until", { day: f.longDay(made.expires_at.slice(0, 10)), days })}
        </span>
      </div>
    </div>
  );
}
