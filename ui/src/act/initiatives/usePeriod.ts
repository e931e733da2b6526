import type { Initiative } from "../../api/useInitiatives.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";

/** Says an initiative's dates in words. */
export function usePeriod() {
  const { t, f } = useLanguage();
  return (one: Pick<Initiative, "from" | "to">): string => {
    if (!one.from) return t("initiatives.notBegun");
    const from = f.longDay(one.from);
    return one.to
      ? t("initiatives.span", { from, to: f.longDay(one.to) })
      : t("initiatives.since", { from });
  };
}
