import { useLanguage } from "../../i18n/LanguageProvider.tsx";

export function PagesPage() {
  const { t } = useLanguage();
  return <h2>{t("report.tab.pages")}</h2>;
}
