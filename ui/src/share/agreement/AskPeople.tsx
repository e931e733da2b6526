import { useState } from "react";
import type { AgreementReply, useChangeAgreement } from "../../api/useAgreement.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field, TextField } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./agreement.module.css";
import { Who } from "./Who.tsx";

interface AskPeopleProps {
  reply: AgreementReply;
  again: boolean;
  change: ReturnType<typeof useChangeAgreement>;
  onClose: () => void;
}

/** Whom to ask, by when, with a word of one's own. */
export function AskPeople({ reply, again, change, onClose }: AskPeopleProps) {
  const { t } = useLanguage();
  const [people, setPeople] = useState(() => reply.members.map((one) => one.id));
  const [note, setNote] = useState("");
  const [day, setDay] = useState("");
  const { ask } = change;
  return (
    <Dialog
      title={t(again ? "agreement.again.title" : "agreement.ask.title")}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            icon="mail"
            disabled={(reply.members.length > 0 && people.length === 0) || ask.isPending}
            onClick={() =>
              ask.mutate(
                { people, ...(note.trim() ? { note } : {}), ...(day ? { answer_by: day } : {}) },
                { onSuccess: onClose },
              )
            }
          >
            {t("agreement.ask.do", { count: people.length })}
          </Button>
          <Button onClick={onClose}>{t("agreement.cancel")}</Button>
        </>
      }
    >
      <div className={styles.fields}>
        <p>{t(again ? "agreement.again.line" : "agreement.ask.line")}</p>
        <Who members={reply.members} chosen={people} onChange={setPeople} />
        <TextField
          label={t("agreement.note")}
          optional
          rows={2}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <Field
          label={t("agreement.answerBy")}
          optional
          type="date"
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
        {ask.error && <Notice kind="bad">{ask.error.message}</Notice>}
      </div>
    </Dialog>
  );
}
