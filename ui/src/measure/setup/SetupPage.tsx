import { useLanguage } from "../../i18n/LanguageProvider.tsx";

export function SetupPage() {
  const { t } = useLanguage();
  return <h2>{t("report.tab.setup")}</h2>;
}
