import { useLanguage } from "../../i18n/LanguageProvider.tsx";

export function SourcesPage() {
  const { t } = useLanguage();
  return <h2>{t("report.tab.sources")}</h2>;
}
