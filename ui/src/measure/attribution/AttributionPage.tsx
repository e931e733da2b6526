import { useLanguage } from "../../i18n/LanguageProvider.tsx";

export function AttributionPage() {
  const { t } = useLanguage();
  return <h2>{t("report.tab.attribution")}</h2>;
}
