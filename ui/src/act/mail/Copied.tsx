import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { IconButton } from "../../kit/Button.tsx";
import { useToast } from "../../kit/Toast.tsx";

/** Copies a text that is to be pasted elsewhere letter by letter. */
export function Copied({ text, label }: { text: string; label: string }) {
  const { t } = useLanguage();
  const say = useToast();
  return (
    <IconButton
      icon="copy"
      label={label}
      onClick={() =>
        navigator.clipboard?.writeText(text).then(() => say({ text: t("mail.copied") }))
      }
    />
  );
}
