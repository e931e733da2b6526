import { type FormEvent, useId, useState } from "react";
import { problemAt } from "../api/client.ts";
import type { Member } from "../api/types.ts";
import { useMemberActs } from "../api/useMembers.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { Field } from "../kit/Field.tsx";
import { Notice } from "../kit/Notice.tsx";
import { useToast } from "../kit/Toast.tsx";
import styles from "./people.module.css";

interface EditMemberProps {
  ws: string;
  member: Member;
  /** What the team calls its departments already. */
  departments: string[];
  onDone: () => void;
}

/** Of which department somebody is, and whether they may take numbers out as files. */
export function EditMember({ ws, member, departments, onDone }: EditMemberProps) {
  const { t } = useLanguage();
  const say = useToast();
  const { change } = useMemberActs(ws);
  const id = useId();
  const [department, setDepartment] = useState(member.department);
  const [exports, setExports] = useState(member.export);
  const wrong = problemAt(change.error, "body.department");
  function send(event: FormEvent) {
    event.preventDefault();
    change.mutate(
      { id: member.id, department, ...(exports === member.export ? {} : { export: exports }) },
      {
        onSuccess: () => {
          say({ text: t("people.changed", { name: member.name }) });
          onDone();
        },
      },
    );
  }
  return (
    <Dialog
      title={t("people.edit.title", { name: member.name })}
      onClose={onDone}
      actions={
        <>
          <Button kind="primary" type="submit" form={id} disabled={change.isPending}>
            {t("people.account.save")}
          </Button>
          <Button onClick={onDone}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={send}>
        <Field
          label={t("people.department")}
          hint={t("people.department.hint")}
          value={department}
          maxLength={60}
          list={`${id}-departments`}
          error={wrong}
          onChange={(event) => setDepartment(event.target.value)}
        />
        <datalist id={`${id}-departments`}>
          {departments.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <fieldset className={styles.checks} disabled={member.role === "owner"}>
          <legend>{t("people.export")}</legend>
          <label>
            <input
              type="checkbox"
              checked={exports}
              onChange={(event) => setExports(event.target.checked)}
            />
            {t("people.export.may")}
          </label>
          <p className={`quiet ${styles.small}`}>
            {t(member.role === "owner" ? "people.export.owner" : "people.export.line")}
          </p>
        </fieldset>
        {change.error && !wrong && <Notice kind="bad">{change.error.message}</Notice>}
      </form>
    </Dialog>
  );
}
