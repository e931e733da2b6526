import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { Notice } from "../kit/Notice.tsx";
import { Copyable } from "./Copyable.tsx";

interface LinkDialogProps {
  /** Without one there is only trouble to tell of. */
  url: string | undefined;
  /** Why a mail did not bring it. */
  trouble?: string | null;
  onDone: () => void;
}

/** A one-time link to pass on; it is shown this once. */
export function LinkDialog({ url, trouble, onDone }: LinkDialogProps) {
  const { t } = useLanguage();
  return (
    <Dialog
      title={t("people.link")}
      onClose={onDone}
      actions={
        <Button onClick={onDone}>{t(url ? "people.link.done" : "signin.invite.close")}</Button>
      }
    >
      {trouble && (
        <Notice kind="warn">
          <p>{t("signin.invite.failed")}</p>
          <p>{trouble}</p>
          {url && <p>{t("signin.invite.byHand")}</p>}
        </Notice>
      )}
      {url && (
        <>
          <p>{t("people.link.line")}</p>
          <Copyable text={`${location.origin}${url}`} label={t("people.link")} />
        </>
      )}
    </Dialog>
  );
}
