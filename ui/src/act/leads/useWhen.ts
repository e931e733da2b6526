import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { whenOf } from "./when.ts";

/** Says a moment as people speak of it: "昨日 21:40", "9月7日". */
export function useWhen(zone: string) {
  const { t, f } = useLanguage();
  return (ms: number) => {
    const when = whenOf(ms, Date.now(), zone);
    return when.word === "day"
      ? f.day(when.day)
      : t(`leads.when.${when.word}`, { clock: when.clock });
  };
}
