/** A list in the order it has, cut where its day changes. */
export function byDay<T>(list: T[], dayOf: (one: T) => string): { day: string; list: T[] }[] {
  const days: { day: string; list: T[] }[] = [];
  for (const one of list) {
    const day = dayOf(one);
    const last = days.at(-1);
    if (last?.day === day) last.list.push(one);
    else days.push({ day, list: [one] });
  }
  return days;
}
