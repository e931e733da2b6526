import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { Copyable } from "./Copyable.tsx";

/** A one-time link to pass on; it is shown this once. */
export function LinkDialog({ url, onDone }: { url: string; onDone: () => void }) {
  const { t } = useLanguage();
  return (
    <Dialog
      title={t("people.link")}
      onClose={onDone}
      actions={<Button onClick={onDone}>{t("people.link.done")}</Button>}
    >
      <p>{t("people.link.line")}</p>
      <Copyable text={`${location.origin}${url}`} label={t("people.link")} />
    </Dialog>
  );
}
