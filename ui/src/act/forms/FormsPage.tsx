import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { EmptyState } from "../../kit/EmptyState.tsx";

/** Not drawn yet. */
export function FormsPage() {
  const { t } = useLanguage();
  return <EmptyState title={t("frame.soon")} line="" />;
}
