import type { PreviewColumn, Source, UploadPreview } from "../api/types.ts";
import type { Mapping } from "./mapping.ts";

/** A column that may be the one meant, with what stands in it. */
export interface Candidate {
  column: string;
  samples: string[];
}

/** What a table was asked for and did not show under a name that is known. */
export type Unfound = { candidates: Candidate[] } & (
  | { what: "date" }
  | { what: "number"; row: number; id: string }
  | { what: "where"; row: number; at: number; column: string; values: string[] }
);

/** More than this nobody reads; the lists of the form have them all. */
const OFFERED = 6;
const SAMPLES = 3;

/** What was not found, in the order of the form, each with the columns it most likely is. */
export function unfoundIn(preview: UploadPreview, mapping: Mapping): Unfound[] {
  const { header, columns } = preview;
  const taken = new Set(
    mapping.metrics.filter((one) => one.on && one.how !== "count").map((one) => one.column),
  );
  const free = columns.filter((one) => one.name !== mapping.date && one.kind !== "empty");
  const offer = (some: PreviewColumn[]): Candidate[] =>
    some.slice(0, OFFERED).map(({ name }) => ({ column: name, samples: samplesOf(preview, name) }));
  const out: Unfound[] = [];
  if (!header.includes(mapping.date))
    out.push({ what: "date", candidates: offer(datesOf(preview)) });
  for (const [row, one] of mapping.metrics.entries()) {
    if (!one.on) continue;
    if (one.how !== "count" && !one.column) {
      const kind = one.how === "distinct" ? "text" : "number";
      const likely = free.filter((column) => column.kind === kind && !taken.has(column.name));
      out.push({ what: "number", row, id: one.id, candidates: offer(likely) });
    }
    for (const [at, { column, values }] of one.where.entries()) {
      if (!column || header.includes(column)) continue;
      const wanted = values.split(/[,、\n]/).map((value) => value.trim());
      const holds = (name: string) =>
        samplesOf(preview, name, Number.POSITIVE_INFINITY).some((value) => wanted.includes(value));
      const texts = free.filter((some) => some.kind === "text");
      const likely = [
        ...texts.filter(({ name }) => holds(name)),
        ...texts.filter(({ name }) => !holds(name)),
      ];
      out.push({ what: "where", row, at, column, values: wanted, candidates: offer(likely) });
    }
  }
  return out;
}

/** The mapping with what was not found read from a column; a condition goes with "". */
export function settled(mapping: Mapping, unfound: Unfound, column: string): Mapping {
  if (unfound.what === "date") return { ...mapping, date: column };
  const metrics = mapping.metrics.map((one, i) => {
    if (i !== unfound.row) return one;
    if (unfound.what === "number") return { ...one, column };
    const where = column
      ? one.where.map((some, j) => (j === unfound.at ? { ...some, column } : some))
      : one.where.filter((_, j) => j !== unfound.at);
    return { ...one, where };
  });
  return { ...mapping, metrics };
}

/** Sources of the map that a table can be read into and that have no number yet. */
export function waitingOf(sources: Source[]): Source[] {
  return sources.filter(
    ({ spec, last, uploads }) =>
      last === null &&
      uploads.length === 0 &&
      !spec.connection &&
      Object.keys(spec.events ?? {}).length === 0 &&
      Object.keys(spec.entry ?? {}).length === 0,
  );
}

/** Columns of days first; where there is none, those whose cells have a digit. */
function datesOf(preview: UploadPreview): PreviewColumn[] {
  const days = preview.columns.filter((one) => one.kind === "date");
  if (days.length > 0) return days;
  return preview.columns.filter(
    (one) =>
      one.kind === "text" && samplesOf(preview, one.name).some((text) => /\p{N}/u.test(text)),
  );
}

/** Different values of a column, as the first rows have them. */
function samplesOf({ header, rows }: UploadPreview, name: string, most = SAMPLES): string[] {
  const at = header.indexOf(name);
  const all = rows.map((row) => row[at]?.trim() ?? "").filter(Boolean);
  return [...new Set(all)].slice(0, most);
}
