import type { Compare } from "../../api/reportQuery.ts";
import type { FilterView } from "../../api/types.ts";
import { type Day, isDay } from "../../i18n/day.ts";
import { isPreset, type Preset } from "./spans.ts";

/** With what a span is compared. */
export type { Compare };

/** What the address of a report carries, so that whoever gets it sees the same. */
export interface ReportSearch {
  /** Days by name; absent with days chosen by hand, and for the usual 28. */
  span?: Preset;
  /** Days chosen by hand. */
  from?: Day;
  to?: Day;
  /** Absent: the span before. */
  compare?: Exclude<Compare, "before">;
  filters?: FilterView[];
  /** A saved segment. */
  segment?: string;
  /** Robots are counted, too. */
  bots?: true;
  /** The outcome one looks for: an indicator of the map, or an event. */
  indicator?: string;
  event?: string;
  /** The page whose ways in and out are shown. */
  goal?: string;
}

const FIELDS =
  "page host entry exit source medium campaign term content referrer channel device browser os language event title key property".split(
    " ",
  );
const OPS = ["is", "not", "contains", "starts"];
const MOST = 20; // filters the server takes

/** Reads an address; what cannot be read is left out. */
export function reportSearch(search: Record<string, unknown>): ReportSearch {
  const { span, from, to, compare, segment } = search;
  const text = (key: "indicator" | "event" | "goal") => {
    const value = search[key];
    return typeof value === "string" && value ? { [key]: value } : {};
  };
  const filters = Array.isArray(search.filters)
    ? search.filters.filter(isFilter).slice(0, MOST)
    : [];
  return {
    ...(isPreset(span) ? { span } : {}),
    ...(isDay(from) && isDay(to) && from <= to ? { from, to } : {}),
    ...(compare === "none" || compare === "last_year" ? { compare } : {}),
    ...(filters.length > 0 ? { filters } : {}),
    ...(typeof segment === "string" && segment ? { segment } : {}),
    ...(search.bots === true ? { bots: true } : {}),
    ...text("indicator"),
    ...text("event"),
    ...text("goal"),
  };
}

function isFilter(one: unknown): one is FilterView {
  if (!one || typeof one !== "object") return false;
  const { field, property, op, values } = one as Record<string, unknown>;
  return (
    FIELDS.includes(String(field)) &&
    (field === "property") === (typeof property === "string" && property !== "") &&
    OPS.includes(String(op)) &&
    Array.isArray(values) &&
    values.length > 0 &&
    values.every((value) => typeof value === "string")
  );
}

/** The same address with one more condition; one on the same field and kind is replaced. */
export function withFilter(search: ReportSearch, filter: FilterView): ReportSearch {
  return { ...search, filters: putFilter(search.filters ?? [], filter) };
}

/** One condition more; one on the same field and kind is replaced, and leaves when it is empty. */
export function putFilter(filters: FilterView[], filter: FilterView): FilterView[] {
  const rest = filters.filter((one) => !isSame(one, filter));
  return filter.values.length > 0 ? [...rest, filter] : rest;
}

/** Whether two conditions speak of the same thing in the same way. */
export function isSame(a: Omit<FilterView, "values">, b: Omit<FilterView, "values">): boolean {
  return a.field === b.field && a.op === b.op && (a.property ?? "") === (b.property ?? "");
}

/** The same address without the condition at a place. */
export function withoutFilter(search: ReportSearch, at: number): ReportSearch {
  const { filters = [], ...rest } = search;
  const left = filters.filter((_, i) => i !== at);
  return left.length > 0 ? { ...rest, filters: left } : rest;
}
