import { useMemo } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";

const clock = new Intl.DateTimeFormat("en-CA", {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** A moment as the reader's clock says: its day as "2026-09-08", and the time of day. */
export function dayAndTime(ms: number): { day: string; time: string } {
  const of = Object.fromEntries(clock.formatToParts(ms).map(({ type, value }) => [type, value]));
  return { day: `${of.year}-${of.month}-${of.day}`, time: `${of.hour}:${of.minute}` };
}

/** Says moments: "9月8日", with the year where it is another than now. */
export function useWhen() {
  const { f } = useLanguage();
  return useMemo(() => {
    const year = dayAndTime(Date.now()).day.slice(0, 4);
    return (ms: number) => {
      const { day } = dayAndTime(ms);
      return day.startsWith(year) ? f.day(day) : f.longDay(day);
    };
  }, [f]);
}
