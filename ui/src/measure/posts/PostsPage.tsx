import { useLanguage } from "../../i18n/LanguageProvider.tsx";

export function PostsPage() {
  const { t } = useLanguage();
  return <h2>{t("report.tab.posts")}</h2>;
}
