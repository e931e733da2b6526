import type { Edit, FilterView, SourceSpec } from "../../api/types.ts";
import { proposeId } from "../../i18n/proposeId.ts";

/** What can be counted from events. */
export const COUNTS = ["events", "value", "visits", "views", "visitors"] as const;
export type Count = (typeof COUNTS)[number];

/** A number counted from events, as it is written down. */
export interface CountForm {
  count: Count;
  event: string;
  page: string;
  /** Conditions of the kind "is one of these". */
  filters: FilterView[];
  name: string;
  unit: string;
  /** Dimensions kept beside the total. */
  by: string[];
  /** It becomes an indicator, believed to matter for this one; "" is none. */
  under: string;
  onMap: boolean;
}

/** What a model can be narrowed by; properties are those of the event that is counted. */
export const WHERE = [
  "channel",
  "source",
  "campaign",
  "device",
  "page",
  "entry",
  "exit",
  "property",
  "medium",
  "content",
  "term",
  "referrer",
  "host",
  "browser",
  "os",
  "language",
] as const;

/** The conditions that can be written down for what is counted. */
export function usable({ filters, count, event }: CountForm): FilterView[] {
  return filters.filter(
    ({ field, op }) =>
      op === "is" &&
      (WHERE as readonly string[]).includes(field) &&
      (field !== "property" || (needs(count).event && event !== "")),
  );
}

function where(filters: FilterView[]): { where?: Record<string, string[]> } {
  if (filters.length === 0) return {};
  return {
    where: Object.fromEntries(
      filters.map(({ field, property, values }) => [property || field, values]),
    ),
  };
}

/** What is asked to see the number before it is made; null while it is not complete. */
export function askOf(form: CountForm) {
  const uses = needs(form.count);
  if (uses.eventRequired && !form.event) return null;
  const filters = usable(form);
  return {
    count: form.count,
    ...(uses.event && form.event ? { event: form.event } : {}),
    ...(uses.page && form.page.trim() ? { page: form.page.trim() } : {}),
    ...(filters.length > 0 ? { filters: JSON.stringify(filters) } : {}),
  };
}

/** An id nobody has. */
export function freeId(wish: string, taken: string[]): string {
  let id = wish;
  for (let n = 2; taken.includes(id); n++) id = `${wish}_${n}`;
  return id;
}

/** What of a form is used for its kind of count. */
export function needs(count: Count) {
  return {
    event: count === "events" || count === "value" || count === "visitors",
    eventRequired: count === "events" || count === "value",
    page: count !== "value",
  };
}

export function complete(form: CountForm): boolean {
  return form.name.trim() !== "" && (!needs(form.count).eventRequired || form.event !== "");
}

interface Ground {
  /** Sources as they are. */
  sources: { id: string; spec: SourceSpec }[];
  /** Ids of the indicators there are. */
  indicators: string[];
}

/** The steps to the number: the source of events gets it, and the map the indicator. */
export function editsOf(form: CountForm, { sources, indicators }: Ground): Edit[] {
  const old = sources.find((one) => Object.keys(one.spec.events ?? {}).length > 0);
  const id =
    old?.id ??
    freeId(
      "web",
      sources.map((one) => one.id),
    );
  const events = { ...old?.spec.events };
  const { event, page } = needs(form.count);
  const metric = freeId(proposeId(form.name, []) || form.count, Object.keys(events));
  events[metric] = {
    count: form.count,
    ...(event && form.event ? { event: form.event } : {}),
    ...(page && form.page.trim() ? { page: form.page.trim() } : {}),
    ...where(usable(form)),
  };
  const by = [...new Set([...(old?.spec.by ?? []), ...form.by])];
  const edits: Edit[] = [
    {
      op: "set_source",
      id,
      source: { csv: "", date: "", metrics: {}, events, ...(by.length > 0 ? { by } : {}) },
    },
  ];
  if (!form.onMap) return edits;
  const indicator = freeId(metric, indicators);
  edits.push({
    op: "add_indicator",
    id: indicator,
    fields: {
      name: form.name.trim(),
      measure: `${id}.${metric}`,
      ...(form.unit.trim() ? { unit: form.unit.trim() } : {}),
    },
  });
  if (form.under) edits.push({ op: "set_influence", from: indicator, to: form.under, because: "" });
  return edits;
}
