import { civil, daysBetween } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import type { Span } from "./spans.ts";

/** A span of days in words: "10月26日〜11月22日", and with how many days it has. */
export function useSpanWords() {
  const { t, f } = useLanguage();
  const range = ({ from, to }: Span) => {
    if (from === to) return f.weekday(from);
    const day = civil(from).year === civil(to).year ? f.day : f.longDay;
    return t("report.range", { from: day(from), to: day(to) });
  };
  return {
    range,
    days: (span: Span) =>
      span.from === span.to
        ? range(span)
        : t("report.days", { span: range(span), days: daysBetween(span.from, span.to) + 1 }),
  };
}
