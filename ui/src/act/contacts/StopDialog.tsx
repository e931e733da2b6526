import { useState } from "react";
import { type ContactAddress, useContactActs } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import styles from "./contacts.module.css";

interface StopProps {
  ws: string;
  id: string;
  onClose: () => void;
}

/** Stops mail to somebody, at once; who asked for it is kept. */
export function StopDialog({ ws, id, onClose }: StopProps) {
  const { t } = useLanguage();
  const { stop } = useContactActs(ws, id);
  const [note, setNote] = useState("");
  return (
    <Dialog
      title={t("contacts.stop.title")}
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" type="submit" form="stop-mail" disabled={stop.isPending}>
            {t("contacts.stop.do")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <form
        id="stop-mail"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          stop.mutate(note.trim() ? { note } : {}, { onSuccess: onClose });
        }}
      >
        <p>{t("contacts.stop.line")}</p>
        <Field
          label={t("contacts.stop.note")}
          optional
          value={note}
          maxLength={600}
          error={stop.error?.message}
          onChange={(event) => setNote(event.target.value)}
        />
      </form>
    </Dialog>
  );
}

/** Lets mail through again; without a reason it is not done. */
export function LiftDialog({ ws, id, address, onClose }: StopProps & { address: ContactAddress }) {
  const { t } = useLanguage();
  const { lift } = useContactActs(ws, id);
  const stops = address.stopped.filter((one) => one.lifted_at === 0);
  const [topic, setTopic] = useState(stops[0]?.topic ?? "");
  const [why, setWhy] = useState("");
  return (
    <Dialog
      title={t("contacts.lift.title")}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            type="submit"
            form="lift-stop"
            disabled={why.trim() === "" || lift.isPending}
          >
            {t("contacts.lift.do")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <form
        id="lift-stop"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          lift.mutate(
            { address: address.address, why, ...(topic ? { topic } : {}) },
            { onSuccess: onClose },
          );
        }}
      >
        <p>{t("contacts.lift.line")}</p>
        {stops.length > 1 && (
          <Select
            label={t("contacts.consent.topic")}
            value={topic}
            onChange={(event) => setTopic(event.target.value)}
            options={stops.map((one) => ({
              value: one.topic,
              label: one.topic || t("contacts.mail.topic.any"),
            }))}
          />
        )}
        <Field
          label={t("contacts.lift.why")}
          value={why}
          required
          maxLength={600}
          error={lift.error?.message}
          onChange={(event) => setWhy(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
