import { useState } from "react";
import type { FindingCard } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { TextField } from "../../kit/Field.tsx";
import styles from "./findings.module.css";

interface MuteDialogProps {
  finding: FindingCard;
  onClose: () => void;
  onMute: (reason: string) => void;
}

/** Asks why a finding may rest. */
export function MuteDialog({ finding, onClose, onMute }: MuteDialogProps) {
  const { t } = useLanguage();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  function rest() {
    if (reason.trim()) onMute(reason.trim());
    else setMissing(true);
  }
  return (
    <Dialog
      title={t("ask.mute.title")}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" onClick={rest}>
            {t("ask.mute.do")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <p className={styles.quoted}>{finding.sentence}</p>
      <TextField
        label={t("ask.mute.reason")}
        hint={t("ask.mute.line")}
        error={missing && !reason.trim() ? t("ask.mute.missing") : undefined}
        placeholder={t("ask.mute.example")}
        value={reason}
        maxLength={500}
        autoFocus
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  );
}
