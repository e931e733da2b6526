import { useLanguage } from "../../i18n/LanguageProvider.tsx";

export function OverviewPage() {
  const { t } = useLanguage();
  return <h2>{t("report.tab.overview")}</h2>;
}
