import { useState } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import styles from "./leads.module.css";

const USUAL = ["budget", "early", "rival", "unreachable", "study"] as const;

interface NotNowProps {
  name: string;
  onSay: (reason: string) => void;
  onClose: () => void;
}

/** Asks why somebody is not to be talked with now: the reason teaches the points. */
export function NotNow({ name, onSay, onClose }: NotNowProps) {
  const { t } = useLanguage();
  const [reason, setReason] = useState("");
  return (
    <Dialog
      title={t("leads.notNow.title", { name })}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" disabled={reason.trim() === ""} onClick={() => onSay(reason)}>
            {t("leads.notNow.say")}
          </Button>
          <Button kind="text" onClick={onClose}>
            {t("leads.notNow.cancel")}
          </Button>
        </>
      }
    >
      <p className={styles.note}>{t("leads.notNow.line")}</p>
      <div className={styles.usual}>
        {USUAL.map((one) => {
          const text = t(`leads.notNow.${one}`);
          return (
            <ChipButton
              key={one}
              on={reason === text}
              aria-pressed={reason === text}
              onClick={() => setReason(text)}
            >
              {text}
            </ChipButton>
          );
        })}
      </div>
      <Field
        label={t("leads.notNow.reason")}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing && reason.trim() !== "")
            onSay(reason);
        }}
      />
    </Dialog>
  );
}
