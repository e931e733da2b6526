import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { Notice } from "../kit/Notice.tsx";

interface EndKeyProps {
  name: string;
  line: string;
  busy: boolean;
  error: Error | null;
  onEnd: () => void;
  onClose: () => void;
}

/** Asks once before a key is ended for good. */
export function EndKey({ name, line, busy, error, onEnd, onClose }: EndKeyProps) {
  const { t } = useLanguage();
  return (
    <Dialog
      title={t("people.key.end.title", { name })}
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" disabled={busy} onClick={onEnd}>
            {t("people.key.end")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <p>{line}</p>
      {error && <Notice kind="bad">{error.message}</Notice>}
    </Dialog>
  );
}
