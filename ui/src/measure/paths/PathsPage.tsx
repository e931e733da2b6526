import { useLanguage } from "../../i18n/LanguageProvider.tsx";

export function PathsPage() {
  const { t } = useLanguage();
  return <h2>{t("report.tab.paths")}</h2>;
}
