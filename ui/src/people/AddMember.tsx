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

interface AddMemberProps {
  ws: string;
  /** Invitations can be sent from here. */
  mail: boolean;
  onDone: () => void;
}

/** Asks who comes and as what; then a mail invites them, or the link to pass on is shown. */
export function AddMember({ ws, mail, onDone }: AddMemberProps) {
  const { t } = useLanguage();
  const say = useToast();
  const { add } = useMemberActs(ws);
  const id = useId();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("member");
  const [send, setSend] = useState(mail);
  const wrong = (field: string) => problemAt(add.error, `body.${field}`);
  if (add.data?.link || add.data?.trouble)
    return <LinkDialog url={add.data.link?.url} trouble={add.data.trouble} onDone={onDone} />;
  function submit(event: FormEvent) {
    event.preventDefault();
    add.mutate(
      { name, email, role, send },
      {
        onSuccess: ({ link, mailed, trouble }) => {
          if (link || trouble) return;
          say({
            text: mailed
              ? t("signin.invite.sent", { name })
              : `${t("people.added", { name })} ${t("people.added.known")}`,
          });
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
            {t(send ? "signin.invite.do" : "people.add.do")}
          </Button>
          <Button onClick={onDone}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={submit}>
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
        {mail && (
          <div>
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={send}
                onChange={(event) => setSend(event.target.checked)}
              />
              {t("signin.invite.send")}
            </label>
            <p className={`quiet ${styles.small}`}>{t("signin.invite.send.hint")}</p>
          </div>
        )}
        {add.error && !wrong("name") && !wrong("email") && (
          <Notice kind="bad">{add.error.message}</Notice>
        )}
      </form>
    </Dialog>
  );
}
