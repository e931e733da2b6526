import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Field } from "../../kit/Field.tsx";
import { useToast } from "../../kit/Toast.tsx";
import type { MadeLink } from "./LinkForm.tsx";
import styles from "./links.module.css";
import { embedCode } from "./sites.ts";

interface NewLinkProps {
  made: MadeLink;
  onDone: () => void;
}

/** The address of a new link; only its fingerprint is kept, so it is shown this once. */
export function NewLink({ made, onDone }: NewLinkProps) {
  const { t, f } = useLanguage();
  // The address as this browser reaches the server: the server may not know its own name.
  const url = `${location.origin}/view/${made.token}`;
  const ends = new Date(made.expires_at);
  const days = Math.max(0, Math.round((ends.getTime() - Date.now()) / 86_400_000));
  return (
    <Card lifted>
      <h3>{t("links.made")}</h3>
      <p className="quiet">{t("links.made.line")}</p>
      <CopyLine label={t("links.url")} text={url} primary />
      {made.embed && (
        <CopyLine
          label={t("links.embed")}
          text={embedCode(`${location.origin}${made.embed}`, made.name || "Shirube")}
        />
      )}
      {made.locked && <p className={styles.small}>{t("links.made.password")}</p>}
      <div className={styles.make}>
        <a className={buttonClass("outline")} href={url} target="_blank" rel="noreferrer">
          {t("links.see")}
        </a>
        <Button onClick={onDone}>{t("links.done")}</Button>
        <span className={`quiet ${styles.small}`}>
          {t("links.until", { day: f.longDay(made.expires_at.slice(0, 10)), days })}
        </span>
      </div>
    </Card>
  );
}

function CopyLine({ label, text, primary }: { label: string; text: string; primary?: boolean }) {
  const { t } = useLanguage();
  const say = useToast();
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      say({ text: t("links.copied") });
    } catch {
      say({ text: t("links.copy.failed") });
    }
  }
  return (
    <div className={styles.url}>
      <Field label={label} value={text} readOnly onFocus={(event) => event.target.select()} />
      <Button
        kind={primary ? "primary" : "outline"}
        icon="copy"
        style={{ height: 36 }}
        aria-label={`${t("links.copy")}: ${label}`}
        onClick={() => void copy()}
      >
        {t("links.copy")}
      </Button>
    </div>
  );
}
