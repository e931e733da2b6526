import type { MetricSpec, Source, SourceSpec, UploadPreview } from "../api/types.ts";
import { isId, plainId, proposeId } from "../i18n/proposeId.ts";

/** How one metric is read from the file. */
export interface MetricRow {
  id: string;
  how: "column" | "count" | "sum" | "distinct";
  column: string;
  agg: NonNullable<MetricSpec["agg"]>;
  /** Only rows where the column has one of the values; values as typed, separated by commas. */
  where: { column: string; values: string }[];
  /** Taken along. */
  on: boolean;
  /** The source asks for it already: it can be left without a column, not renamed. */
  asked: boolean;
}

/** How a file is to be read, as the form holds it. */
export interface Mapping {
  sourceId: string;
  /** A source the model does not have yet. */
  isNew: boolean;
  /** One row is a day, or one thing: a lead, a deal, a post. */
  row: "day" | "thing";
  date: string;
  metrics: MetricRow[];
  by: string[];
  gaps: "missing" | "zero";
  number: "" | "1,234.5" | "1.234,5";
  dateOrder: "" | "dmy" | "mdy" | "ymd";
  /** What the source says beyond this form; kept. */
  rest: Partial<SourceSpec>;
}

/** What has to be answered before the file can be read; never guessed. */
export interface Questions {
  number: { columns: string[]; example: string; dot: string; comma: string } | null;
  date: { column: string; example: string; dmy: string; mdy: string } | null;
}

/** Numbers and dates with two readings. One answer holds for the whole file. */
export function questionsOf(preview: UploadPreview, mapping: Mapping): Questions {
  const read = new Set(mapping.metrics.filter((one) => one.on).map((one) => one.column));
  const doubtful = preview.columns.filter((one) => one.ambiguous && read.has(one.name));
  const first = doubtful[0]?.ambiguous;
  const date = preview.columns.find((one) => one.day_month && one.name === mapping.date);
  return {
    number: first
      ? {
          columns: doubtful.map((one) => one.name),
          example: first.example,
          dot: first.dot,
          comma: first.comma,
        }
      : null,
    date: date?.day_month ? { column: date.name, ...date.day_month } : null,
  };
}

/** The proposal a file starts with: what the server suggests, the source it fits best, or a new one. */
export function firstMapping(
  preview: UploadPreview,
  sources: Source[],
  file: string,
  counted?: string,
): Mapping {
  const suggested = preview.suggestion;
  const named = suggested?.existing
    ? sources.find((one) => one.id === suggested.source_id)
    : undefined;
  if (named) return forSource(preview, named);
  if (isProposal(preview)) return startNew(preview, sources, file, counted);
  const source = bestFit(preview, sources);
  return source ? forSource(preview, source) : startNew(preview, sources, file, counted);
}

/** The server knows how such a file is read: whose export it is, or how the last one was read. */
export function isProposal(preview: UploadPreview): boolean {
  const from = preview.suggestion?.from;
  return from === "platform" || from === "remembered";
}

/** The mapping for a new source: as proposed where the file is known, else from its columns. */
export function startNew(
  preview: UploadPreview,
  sources: Source[],
  file: string,
  counted?: string,
): Mapping {
  const suggested = preview.suggestion;
  if (suggested && isProposal(preview)) return forProposal(preview, suggested);
  const id = (!suggested?.existing && suggested?.source_id) || freshId(file, sources);
  return forNew(preview, id, counted);
}

function forProposal(
  preview: UploadPreview,
  suggested: NonNullable<UploadPreview["suggestion"]>,
): Mapping {
  const { csv: _csv, date, metrics, by, gaps, number, date_order, ...rest } = suggested.spec;
  const rows = Object.entries(metrics).map(([id, spec]) => ({
    ...rowOf(id, preview, spec, undefined),
    asked: false,
  }));
  return {
    sourceId: suggested.source_id,
    isNew: true,
    row: rows.some((one) => one.how !== "column") ? "thing" : "day",
    date,
    metrics: rows,
    by: (by ?? []).filter((one) => preview.header.includes(one)),
    gaps: gaps ?? "missing",
    number: number === "1,234.5" || number === "1.234,5" ? number : "",
    dateOrder: date_order ?? "",
    rest,
  };
}

/** How many of a source's numbers have a column in the file. */
export function fitOf(preview: UploadPreview, source: Source): { found: number; of: number } {
  const wanted = Object.entries(source.spec.metrics);
  const found = wanted.filter(([id, spec]) => {
    const name = spec.column || spec.sum || spec.distinct;
    const filters = Object.keys(spec.where ?? {});
    return (
      (name
        ? findColumn(name, preview.header, id)
        : findColumn(source.spec.date, preview.header)) !== null &&
      filters.every((column) => findColumn(column, preview.header) !== null)
    );
  });
  return { found: found.length, of: wanted.length };
}

/** The source most of whose numbers the file brings; half of them at least. */
function bestFit(preview: UploadPreview, sources: Source[]): Source | undefined {
  return sources
    .map((source) => ({ source, ...fitOf(preview, source) }))
    .filter(({ found, of }) => found > 0 && found * 2 >= of)
    .sort((a, b) => b.found / b.of - a.found / a.of || b.found - a.found)[0]?.source;
}

/** The mapping for a source that is there: each of its metrics looks for its column. */
export function forSource(preview: UploadPreview, source: Source): Mapping {
  const { spec } = source;
  const suggested =
    preview.suggestion?.source_id === source.id ? preview.suggestion.metrics : undefined;
  const metrics = Object.entries(spec.metrics).map(([id, wanted]) =>
    rowOf(id, preview, wanted, suggested?.[id]),
  );
  const { csv: _csv, date, metrics: _metrics, by, gaps, number, date_order, ...rest } = spec;
  return {
    sourceId: source.id,
    isNew: false,
    row: metrics.some((one) => one.how !== "column") ? "thing" : "day",
    date: findColumn(date, preview.header) ?? preview.date_column ?? "",
    metrics,
    by: (by ?? []).filter((one) => preview.header.includes(one)),
    gaps: gaps ?? "missing",
    number: number === "1,234.5" || number === "1.234,5" ? number : "",
    dateOrder: date_order ?? "",
    rest,
  };
}

function rowOf(
  id: string,
  preview: UploadPreview,
  wanted: MetricSpec,
  suggested: MetricSpec | undefined,
): MetricRow {
  const spec = suggested ?? wanted;
  const name = spec.column || spec.sum || spec.distinct || "";
  return {
    id,
    how: spec.count ? "count" : spec.sum ? "sum" : spec.distinct ? "distinct" : "column",
    column: findColumn(name, preview.header, id) ?? "",
    agg: spec.agg ?? "sum",
    where: Object.entries(spec.where ?? {}).map(([column, values]) => ({
      column: findColumn(column, preview.header) ?? column,
      values: values.join(", "),
    })),
    on: true,
    asked: true,
  };
}

/**
 * The mapping for a new source: each column of numbers becomes a metric; `counted` is what the
 * number of rows is called.
 */
export function forNew(preview: UploadPreview, id: string, counted?: string): Mapping {
  const suggested = preview.suggestion?.existing ? undefined : preview.suggestion;
  const named = new Map(
    Object.entries(suggested?.metrics ?? {}).map(([key, spec]) => [spec.column ?? "", key]),
  );
  const taken: string[] = [];
  const metrics = preview.columns
    .filter((one) => one.kind === "number" && one.name !== preview.date_column)
    .map((one): MetricRow => {
      const own = named.get(one.name) ?? proposeId(one.name, taken);
      taken.push(own);
      return columnRow(own, one.name);
    });
  const daily: Mapping = {
    sourceId: id,
    isNew: true,
    row: "day",
    date: suggested?.date || preview.date_column || "",
    metrics,
    by: [],
    gaps: "missing",
    number: "",
    dateOrder: "",
    rest: {},
  };
  return looksLikeThings(preview) ? readAs(daily, "thing", counted) : daily;
}

/**
 * A table of days has numbers and at most one column to tell its rows apart (a device, a campaign);
 * a list of leads or posts has several, or no number at all. Only a first guess: it is asked.
 */
function looksLikeThings(preview: UploadPreview): boolean {
  const kinds = preview.columns.map((one) => one.kind);
  return !kinds.includes("number") || kinds.filter((kind) => kind === "text").length > 1;
}

/** The same columns, read as days or as things: things are counted, their numbers summed. */
export function readAs(mapping: Mapping, row: Mapping["row"], counted = "count"): Mapping {
  if (row === mapping.row || !mapping.isNew) return { ...mapping, row };
  if (row === "day")
    return {
      ...mapping,
      row,
      gaps: "missing",
      metrics: mapping.metrics
        .filter((one) => one.how !== "count")
        .map((one) => ({ ...one, how: "column", where: [] })),
    };
  const summed = mapping.metrics.map((one): MetricRow => ({ ...one, how: "sum" }));
  return {
    ...mapping,
    row,
    gaps: "zero",
    metrics: [{ ...columnRow(counted, ""), how: "count" }, ...summed],
  };
}

/** A metric read from one column. */
export function columnRow(id: string, column: string): MetricRow {
  return { id, how: "column", column, agg: "sum", where: [], on: true, asked: false };
}

/** What is typed as a name, as it is written in formulas; what has its id keeps it. */
function idOf(row: MetricRow): string {
  return row.asked ? row.id : named(row.id);
}

/** The id of the source that is read into. */
export function sourceIdOf(mapping: Mapping): string {
  return mapping.isNew ? named(mapping.sourceId) : mapping.sourceId;
}

function named(typed: string): string {
  return isId(typed) ? typed : plainId(typed);
}

/** A source id made from a file's name. */
export function freshId(file: string, sources: Source[]): string {
  const stem = file.replace(/^.*[\\/]/, "").replace(/(\.(csv|tsv|txt|xlsx|zip|gz))+$/i, "");
  return (
    proposeId(
      stem,
      sources.map((one) => one.id),
    ) || "data"
  );
}

/** Which of several tables is read: the one chosen, or the one the server shows. */
export function tableOf(preview: UploadPreview, chosen: string): string {
  if (chosen) return chosen;
  // A workbook without a word is read from its first sheet; a zip has no first one.
  return preview.file.kind === "csv" && preview.sheets.length > 1 ? preview.sheet : "";
}

/**
 * The same header, also when only spaces, width or case differ, or when it is another word for the
 * same thing (表示回数, インプレッション数) or for the metric's own id.
 */
export function findColumn(name: string, header: string[], id?: string): string | null {
  if (!name) return null;
  if (header.includes(name)) return name;
  const plain = (text: string) =>
    text
      .normalize("NFKC")
      .replace(/[\s　_-]+/g, "")
      .toLowerCase();
  const meant = new Set([proposeId(name, []), id ?? ""]);
  return (
    header.find((one) => plain(one) === plain(name)) ??
    header.find((one) => meant.has(proposeId(one, []))) ??
    null
  );
}

/** What still keeps the file from being read. */
export type MappingGap =
  | "source"
  | "date"
  | "none"
  | "id"
  | "number"
  | "dateOrder"
  | "where"
  | "whole";

/** What is missing before the import can start. */
export function gapsOf(mapping: Mapping, questions: Questions): MappingGap[] {
  const gaps: MappingGap[] = [];
  const taken = ready(mapping);
  if (!isId(sourceIdOf(mapping))) gaps.push("source");
  if (!mapping.date) gaps.push("date");
  if (taken.length === 0) gaps.push("none");
  const ids = taken.map(idOf);
  if (ids.some((id) => !isId(id)) || new Set(ids).size !== ids.length) gaps.push("id");
  if (questions.number && !mapping.number) gaps.push("number");
  if (questions.date && !mapping.dateOrder) gaps.push("dateOrder");
  return gaps;
}

/** Metrics the source asks for that this file does not bring. */
export function unmatched(mapping: Mapping): MetricRow[] {
  return mapping.metrics.filter((one) => one.on && one.how !== "count" && !one.column);
}

/**
 * Nothing about the file is open: its source, its date and every number it is asked for were found,
 * in one reading. Then there is nothing to decide but whether it comes in.
 */
export function isKnown(preview: UploadPreview, mapping: Mapping): boolean {
  const { platform } = preview;
  const plain = !platform || (platform.daily && !platform.posts && platform.warnings.length === 0);
  const asked = questionsOf(preview, mapping);
  const found = mapping.metrics.every((one) =>
    one.where.every(({ column }) => preview.header.includes(column)),
  );
  return (
    plain &&
    found &&
    preview.rows.length > 0 &&
    !mapping.isNew &&
    preview.sheets.length <= 1 &&
    asked.number === null &&
    asked.date === null &&
    unmatched(mapping).length === 0 &&
    gapsOf(mapping, asked).length === 0
  );
}

function ready(mapping: Mapping): MetricRow[] {
  return mapping.metrics.filter((one) => one.on && (one.how === "count" || one.column));
}

/** The mapping as the API takes it. */
export function specOf(mapping: Mapping, file: string, sheet: string): SourceSpec {
  const metrics: Record<string, MetricSpec> = {};
  for (const row of ready(mapping)) metrics[idOf(row)] = metricOf(row);
  return {
    ...mapping.rest,
    csv: file,
    date: mapping.date,
    metrics,
    ...(sheet ? { sheet } : {}),
    ...(mapping.by.length ? { by: mapping.by } : {}),
    ...(mapping.gaps === "zero" ? { gaps: "zero" as const } : {}),
    ...(mapping.number ? { number: mapping.number } : {}),
    ...(mapping.dateOrder ? { date_order: mapping.dateOrder } : {}),
  };
}

/** One row of the form as the API takes it. */
export function metricOf(row: MetricRow): MetricSpec {
  const where: Record<string, string[]> = {};
  for (const { column, values } of row.where) {
    const list = values
      .split(/[,、\n]/)
      .map((one) => one.trim())
      .filter(Boolean);
    if (column && list.length) where[column] = list;
  }
  return {
    ...(row.how === "count" ? { count: "rows" as const } : { [row.how]: row.column }),
    ...(row.how === "column" && row.agg !== "sum" ? { agg: row.agg } : {}),
    ...(Object.keys(where).length ? { where } : {}),
  };
}
