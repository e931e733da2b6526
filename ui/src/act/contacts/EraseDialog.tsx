import { useNavigate } from "@tanstack/react-router";
import { type ContactDetail, useContactActs } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./contacts.module.css";

/** Asks once before somebody is erased: what goes, and that a hash stays and why. */
export function EraseDialog({
  ws,
  one,
  onClose,
}: {
  ws: string;
  one: ContactDetail;
  onClose: () => void;
}) {
  const { t, f } = useLanguage();
  const navigate = useNavigate();
  const toast = useToast();
  const { erase } = useContactActs(ws, one.id);
  return (
    <Dialog
      title={t("contacts.erase.title", {
        name: one.name || one.address || t("contacts.nameless"),
      })}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            disabled={erase.isPending}
            onClick={() =>
              erase.mutate(undefined, {
                onSuccess: (gone) => {
                  toast({ text: t("contacts.erased", { n: f.count(gone.events) }) });
                  void navigate({ to: "/w/$ws/act/contacts", params: { ws } });
                },
              })
            }
          >
            {t("contacts.erase.do")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t("contacts.erase.what")}</p>
        <p className={styles.law}>{t("contacts.erase.hash")}</p>
        {erase.error && (
          <p className="bad" role="alert">
            {erase.error.message}
          </p>
        )}
      </div>
    </Dialog>
  );
}
