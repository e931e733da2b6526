import { useLanguage } from "../../i18n/LanguageProvider.tsx";

export function EventsPage() {
  const { t } = useLanguage();
  return <h2>{t("report.tab.events")}</h2>;
}
