import type { Moment } from "../../api/useLeads.ts";
import type { Day } from "../../i18n/day.ts";
import { civilAt } from "./when.ts";

/** Moments in their order, those of a day together. */
export function byDay(moments: Moment[], zone: string): { day: Day; moments: Moment[] }[] {
  const days: { day: Day; moments: Moment[] }[] = [];
  for (const one of moments) {
    const { day } = civilAt(one.at, zone);
    const last = days.at(-1);
    if (last?.day === day) last.moments.push(one);
    else days.push({ day, moments: [one] });
  }
  return days;
}
