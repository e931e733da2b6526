import type { Parts } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { type Figure, UNITS } from "./change.ts";
import { durationParts } from "./duration.ts";

/** Figures in words: what each is called, and its number with its unit. */
export function useFigureWords() {
  const { t, f } = useLanguage();
  function parts(figure: Figure, value: number | null): Parts {
    if (value === null) return { number: "—", unit: "" };
    switch (UNITS[figure]) {
      case "rate":
        return f.parts(value, "%");
      case "time":
        return durationParts(value, t);
      default:
        return { number: f.count(value), unit: t(`report.unit.${UNITS[figure]}`) };
    }
  }
  return {
    parts,
    amount: (figure: Figure, value: number | null) => f.joined(parts(figure, value)),
    name: (figure: Figure, added = false) =>
      added ? t("report.figure.daily_visitors") : t(`report.figure.${figure}`),
  };
}
