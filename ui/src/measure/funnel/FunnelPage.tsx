import { useLanguage } from "../../i18n/LanguageProvider.tsx";

export function FunnelPage() {
  const { t } = useLanguage();
  return <h2>{t("report.tab.funnel")}</h2>;
}
