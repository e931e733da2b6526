import type { EntrySource } from "../../api/usePaths.ts";
import type { Day } from "../../i18n/day.ts";
import { proposeId } from "../../i18n/proposeId.ts";

/** How much of a day is filled in over all forms. */
export interface Filled {
  date: Day;
  state: "all" | "some" | "none";
}

export function filledDays(sources: EntrySource[]): Filled[] {
  const first = sources[0];
  if (!first) return [];
  return first.days.map((day, i) => {
    let filled = 0;
    let of = 0;
    for (const source of sources) {
      filled += source.days[i]?.filled ?? 0;
      of += source.days[i]?.of ?? 0;
    }
    return { date: day.date, state: filled === 0 ? "none" : filled < of ? "some" : "all" };
  });
}

/** Numbers by who fills them in; those without an owner come last. */
export function byOwner(sources: EntrySource[]) {
  const groups = new Map<string, { source: string; field: EntrySource["numbers"][number] }[]>();
  for (const source of sources)
    for (const field of source.numbers) {
      const list = groups.get(field.owner) ?? [];
      list.push({ source: source.id, field });
      groups.set(field.owner, list);
    }
  return [...groups].sort(([a], [b]) => Number(a === "") - Number(b === ""));
}

/** A number as people type it: full-width digits and commas are fine. Undefined: no number. */
export function typed(text: string): number | null | undefined {
  const plain = text.normalize("NFKC").replace(/[,\s]/g, "").replace(/−/g, "-");
  if (plain === "") return null;
  const value = Number(plain);
  return /^-?\d*\.?\d+$/.test(plain) && Number.isFinite(value) ? value : undefined;
}

/** What a form asks, as it is written down for the first time. */
export interface Question {
  key: number;
  name: string;
  owner: string;
  unit: string;
}

/** The questions as a source of the model; ids are made of the names. */
export function entriesOf(questions: Question[]) {
  const entry: Record<string, { name: string; owner?: string; unit?: string }> = {};
  for (const { name, owner, unit } of questions) {
    if (!name.trim()) continue;
    const id = proposeId(name.trim(), Object.keys(entry));
    entry[id] = {
      name: name.trim(),
      ...(owner.trim() ? { owner: owner.trim() } : {}),
      ...(unit.trim() ? { unit: unit.trim() } : {}),
    };
  }
  return entry;
}
