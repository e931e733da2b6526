import { type ContactDetail, useContactActs } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import styles from "./contacts.module.css";

/** The file that is handed out when somebody asks what is kept of them. */
export function DiscloseDialog({
  ws,
  one,
  onClose,
}: {
  ws: string;
  one: ContactDetail;
  onClose: () => void;
}) {
  const { t } = useLanguage();
  const { disclose } = useContactActs(ws, one.id);
  const get = (kind: "txt" | "json") =>
    disclose.mutate(undefined, {
      onSuccess: ({ text, ...rest }) => {
        save(`${one.id}.${kind}`, kind === "txt" ? text : JSON.stringify(rest, null, 2));
      },
    });
  return (
    <Dialog
      title={t("contacts.disclose")}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" disabled={disclose.isPending} onClick={() => get("txt")}>
            {t("contacts.disclose.text")}
          </Button>
          <Button disabled={disclose.isPending} onClick={() => get("json")}>
            {t("contacts.disclose.json")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t("contacts.disclose.line")}</p>
        {disclose.error && (
          <p className="bad" role="alert">
            {disclose.error.message}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function save(name: string, text: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
