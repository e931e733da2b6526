import { type FormEvent, useId, useState } from "react";
import { problemAt } from "../api/client.ts";
import type { Role } from "../api/types.ts";
import { useMemberActs } from "../api/useMembers.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { Field, Select } from "../kit/Field.tsx";
import { Notice } from "../kit/Notice.tsx";
import { useToast } from "../kit/Toast.tsx";
import { LinkDialog } from "./LinkDialog.tsx";
import styles from "./people.module.css";
import { isRole, ROLES } from "./roles.ts";

/** Asks who comes and as what; then shows the link to pass on. */
export function AddMember({ ws, onDone }: { ws: string; onDone: () => void }) {
  const { t } = useLanguage();
  const say = useToast();
  const { add } = useMemberActs(ws);
  const id = useId();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("member");
  const wrong = (field: string) => problemAt(add.error, `body.${field}`);
  if (add.data?.link) return <LinkDialog url={add.data.link.url} onDone={onDone} />;
  function send(event: FormEvent) {
    event.preventDefault();
    add.mutate(
      { name, email, role },
      {
        onSuccess: ({ link }) => {
          if (link) return;
          say({ text: `${t("people.added", { name })} ${t("people.added.known")}` });
          onDone();
        },
      },
    );
  }
  return (
    <Dialog
      title={t("people.add")}
      onClose={onDone}
      actions={
        <>
          <Button kind="primary" type="submit" form={id} disabled={add.isPending}>
            {t("people.add.do")}
          </Button>
          <Button onClick={onDone}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={send}>
        <Field
          label={t("people.key.name")}
          required
          maxLength={100}
          value={name}
          error={wrong("name")}
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label={t("people.email")}
          type="email"
          required
          value={email}
          error={wrong("email")}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Select
          label={t("people.add.role")}
          value={role}
          hint={t(`people.role.${role}.line`)}
          options={ROLES.map((one) => ({ value: one, label: t(`people.role.${one}`) }))}
          onChange={(event) => isRole(event.target.value) && setRole(event.target.value)}
        />
        {add.error && !wrong("name") && !wrong("email") && (
          <Notice kind="bad">{add.error.message}</Notice>
        )}
      </form>
    </Dialog>
  );
}
