import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { problemAt } from "../../api/client.ts";
import { useCreateContact } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import styles from "./contacts.module.css";

/** Writes one person in; whoever is known already gets what is new. */
export function AddContact({ ws, onClose }: { ws: string; onClose: () => void }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const make = useCreateContact(ws);
  const [address, setAddress] = useState("");
  const [name, setName] = useState("");
  const wrong = problemAt(make.error, "body.address") ?? make.error?.message;
  return (
    <Dialog
      title={t("contacts.add")}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" type="submit" form="add-contact" disabled={make.isPending}>
            {t("contacts.add.do")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <form
        id="add-contact"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(
            { address, ...(name.trim() ? { name } : {}) },
            {
              onSuccess: (made) =>
                void navigate({ to: "/w/$ws/act/contacts/$id", params: { ws, id: made.id } }),
            },
          );
        }}
      >
        <Field
          label={t("contacts.add.address")}
          value={address}
          inputMode="email"
          maxLength={1000}
          required
          error={wrong}
          onChange={(event) => setAddress(event.target.value)}
        />
        <Field
          label={t("contacts.add.name")}
          optional
          value={name}
          maxLength={300}
          onChange={(event) => setName(event.target.value)}
        />
        <p className="quiet">{t("contacts.add.line")}</p>
      </form>
    </Dialog>
  );
}
