import { useLanguage } from "../../i18n/LanguageProvider.tsx";

export function EntryPage() {
  const { t } = useLanguage();
  return <h2>{t("report.tab.entry")}</h2>;
}
