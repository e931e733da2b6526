import { useState } from "react";
import { useMailTemplate, useSendTest } from "../../api/useMail.ts";
import { useMe } from "../../api/useMe.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";

interface TestSendProps {
  ws: string;
  id: string;
  reader: string;
  onClose: () => void;
}

/** One mail to somebody of the house. */
export function TestSend({ ws, id, reader, onClose }: TestSendProps) {
  const { t } = useLanguage();
  const me = useMe().data?.person;
  const kept = useMailTemplate(ws, id);
  const [to, setTo] = useState(me?.email ?? "");
  const send = useSendTest(ws);
  const done = send.data;
  return (
    <Dialog
      title={t("mail.test")}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            disabled={send.isPending || !to || !kept.data}
            onClick={() => send.mutate({ id, to, contact: reader })}
          >
            {t(send.isPending ? "mail.test.busy" : "mail.test.do")}
          </Button>
          <Button onClick={onClose}>{t("mail.close")}</Button>
        </>
      }
    >
      <Field
        label={t("mail.test.to")}
        hint={t("mail.test.hint")}
        type="email"
        value={to}
        onChange={(e) => setTo(e.target.value)}
      />
      {send.error && <Notice kind="bad">{send.error.message}</Notice>}
      {done && (
        <Notice kind={done.class === "accepted" ? "info" : "bad"}>
          {done.class === "accepted"
            ? t("mail.test.ok", { to })
            : t("mail.test.no", { said: [done.code || "", done.said].join(" ").trim() })}
        </Notice>
      )}
    </Dialog>
  );
}
