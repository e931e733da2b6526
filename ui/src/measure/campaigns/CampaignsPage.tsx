import { useLanguage } from "../../i18n/LanguageProvider.tsx";

export function CampaignsPage() {
  const { t } = useLanguage();
  return <h2>{t("report.tab.campaigns")}</h2>;
}
