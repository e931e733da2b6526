import { useLanguage } from "../../i18n/LanguageProvider.tsx";

export function NowPage() {
  const { t } = useLanguage();
  return <h2>{t("report.tab.now")}</h2>;
}
