import { useState } from "react";
import type { AgreementReply, useChangeAgreement } from "../../api/useAgreement.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { TextField } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./agreement.module.css";
import { Who } from "./Who.tsx";

interface ProposeWordsProps {
  reply: AgreementReply;
  change: ReturnType<typeof useChangeAgreement>;
  onClose: () => void;
}

/** The words people are to sign, made from the model, to be put better. */
export function ProposeWords({ reply, change, onClose }: ProposeWordsProps) {
  const { t } = useLanguage();
  const [text, setText] = useState(reply.proposed);
  const [people, setPeople] = useState(() => reply.members.map((one) => one.id));
  const { propose } = change;
  return (
    <Dialog
      title={t("agreement.propose.title")}
      onClose={onClose}
      wide
      actions={
        <>
          <Button
            kind="primary"
            icon="mail"
            disabled={
              text.trim() === "" ||
              (reply.members.length > 0 && people.length === 0) ||
              propose.isPending
            }
            onClick={() =>
              propose.mutate({ version: reply.version, text, people }, { onSuccess: onClose })
            }
          >
            {t("agreement.propose.do")}
          </Button>
          <Button onClick={onClose}>{t("agreement.cancel")}</Button>
        </>
      }
    >
      <div className={styles.fields}>
        <p>{t("agreement.propose.line", { version: reply.version })}</p>
        {reply.points.length > 0 && (
          <Notice kind="info">{t("agreement.propose.open", { count: reply.points.length })}</Notice>
        )}
        <TextField
          label={t("agreement.wording")}
          rows={5}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Who members={reply.members} chosen={people} onChange={setPeople} />
        {propose.error && <Notice kind="bad">{propose.error.message}</Notice>}
      </div>
    </Dialog>
  );
}
