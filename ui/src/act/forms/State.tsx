import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { StateTag } from "../../kit/StateTag.tsx";

/** Whether a form takes anything in: a word in a box, green while it does. */
export function State({ open }: { open: boolean }) {
  const { t } = useLanguage();
  return (
    <StateTag tone={open ? "good" : "quiet"}>{t(open ? "forms.open" : "forms.closed")}</StateTag>
  );
}
