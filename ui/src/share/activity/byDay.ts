import type { AuditArea } from "../../api/useActivity.ts";
import type { Day } from "../../i18n/day.ts";

/** Entries under the day they happened on, where the reader is; their order stays. */
export function byDay<T extends { at: string }>(entries: T[]): [Day, T[]][] {
  const days: [Day, T[]][] = [];
  for (const one of entries) {
    const at = new Date(one.at);
    const two = (n: number) => String(n).padStart(2, "0");
    const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}` as Day;
    const last = days.at(-1);
    if (last?.[0] === day) last[1].push(one);
    else days.push([day, [one]]);
  }
  return days;
}

/** Whether a text names a part of the house. */
export function isArea(text: string): text is AuditArea {
  return ["people", "map", "measure", "ask", "act", "share", "settings"].includes(text);
}
