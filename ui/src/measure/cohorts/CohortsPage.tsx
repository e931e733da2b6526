import { useLanguage } from "../../i18n/LanguageProvider.tsx";

export function CohortsPage() {
  const { t } = useLanguage();
  return <h2>{t("report.tab.cohorts")}</h2>;
}
