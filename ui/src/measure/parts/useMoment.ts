import { useMemo } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { useReport } from "../frame/report.ts";

/** A moment as the clocks say where the workspace is: "9月8日 06:10", or its day alone. */
export function useMoment() {
  return useMomentIn(useReport().zone);
}

/** The same where a page does without the frame's state; without a zone, as the reader's clock says. */
export function useMomentIn(zone: string | undefined) {
  const { f } = useLanguage();
  return useMemo(() => {
    const clock = new Intl.DateTimeFormat("en-CA", {
      ...(zone ? { timeZone: zone } : {}),
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    return (ms: number, dayOnly = false) => {
      const parts = Object.fromEntries(
        clock.formatToParts(ms).map(({ type, value }) => [type, value]),
      );
      const day = f.day(`${parts.year}-${parts.month}-${parts.day}`);
      return dayOnly ? day : `${day} ${parts.hour}:${parts.minute}`;
    };
  }, [f, zone]);
}
