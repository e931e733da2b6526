import type { MapReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";

/** "8月1日に合意・森川、田中", or that nobody agreed. */
export function useAgreed(agreed: MapReply["model"]["agreed"]): string {
  const { t, f } = useLanguage();
  if (agreed.length === 0) return t("map.goal.nobody");
  const last = agreed
    .map((one) => one.on)
    .filter((on) => on !== null)
    .sort()
    .at(-1);
  const names = f.list(agreed.map((one) => one.by));
  return last
    ? t("map.goal.agreed", { day: f.day(last), names })
    : t("map.goal.agreedBy", { names });
}
