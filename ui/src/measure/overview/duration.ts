import type { Translate } from "../../i18n/translate.ts";

/** Seconds as people say them: {44, 秒}, {1分23, 秒}. */
export function durationParts(seconds: number, t: Translate): { number: string; unit: string } {
  const whole = Math.round(seconds);
  if (whole < 60) return { number: String(whole), unit: t("report.seconds") };
  const rest = String(whole % 60).padStart(2, "0");
  return {
    number: t("report.minutes", { minutes: Math.floor(whole / 60), rest }),
    unit: t("report.seconds"),
  };
}
