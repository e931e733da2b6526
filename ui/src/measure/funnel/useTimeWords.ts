import { useLanguage } from "../../i18n/LanguageProvider.tsx";

/** A length of time in the one or two words that matter: "40秒", "3分", "5時間", "2日". */
export function useTimeWords() {
  const { t, f } = useLanguage();
  return (seconds: number) => {
    if (seconds < 90) return t("funnel.seconds", { n: f.count(seconds) });
    if (seconds < 90 * 60) return t("funnel.minutes", { n: f.count(seconds / 60) });
    if (seconds < 36 * 3600) return t("funnel.hours", { n: f.count(seconds / 3600) });
    return t("funnel.days", { n: f.count(seconds / 86400) });
  };
}
