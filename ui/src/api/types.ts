/**
 * What the API sends and takes. Numbers that do not exist are null, never 0.
 * Ratios (unit "%") are ratios: 0.031. Days are "2026-04-01".
 */
export type Day = string;

export type Status = "met" | "on-pace" | "behind" | "missed" | "too-early" | "no-data";
export type Severity = "error" | "warning" | "info";
export type ValueKind = "flow" | "rate" | "level" | "other";
export type TargetKind = "" | "total" | "growth" | "hold" | "reach";
export type Grade =
  | "formula"
  | "randomized"
  | "intervention"
  | "predicts-out-of-sample"
  | "predicts"
  | "correlates"
  | "belief";

export interface Health {
  ready: boolean;
  version: string;
  commit: string;
  demo: boolean;
}

export interface Workspace {
  slug: string;
  name: string;
  demo: boolean;
  updated_at: string;
}

export interface Agreement {
  by: string;
  on: Day;
}

export interface Milestone {
  by: Day;
  value: number;
  /** True where the server worked it out from season and business days. */
  derived: boolean;
}

export interface Target {
  kind: TargetKind;
  /** The number to reach, in the indicator's unit; null while only a direction is given. */
  amount: number | null;
  /** "年100件" */
  label: string;
  per: string | null;
  from: Day | null;
  by: Day | null;
  direction: "up" | "down";
  agreed: Agreement[];
  milestones: Milestone[];
}

export interface Forecast {
  mean: number | null;
  lo80: number | null;
  hi80: number | null;
  lo95: number | null;
  hi95: number | null;
  p_attain: number | null;
  /** Why there is none. */
  reason: string | null;
}

export interface Change {
  /** "前4週比" */
  label: string;
  before: number | null;
  absolute: number | null;
  relative: number | null;
  /** Whether the change is in the good direction; null when neither. */
  good: boolean | null;
}

export interface Spark {
  first: Day;
  values: (number | null)[];
}

export interface Freshness {
  last_day: Day | null;
  stale_days: number;
  stale: boolean;
}

export interface Reconciliation {
  measured: number;
  computed: number;
  gap_relative: number | null;
}

/** The KGI card's chart: one point per entry of days, null where a line has none. */
export interface Curve {
  days: Day[];
  actual: (number | null)[];
  pace: (number | null)[];
  lo80: (number | null)[];
  hi80: (number | null)[];
  mean: (number | null)[];
  target: number | null;
}

export interface Indicator {
  id: string;
  name: string;
  definition: string | null;
  why: string | null;
  unit: string;
  owner: string | null;
  role: "" | "outcome" | "leading" | "action";
  is_kgi: boolean;
  kind: ValueKind;
  /** Levels below the KGI; null without a path to it. */
  depth: number | null;
  has_data: boolean;
  formula: string | null;
  measure: string | null;
  value: number | null;
  value_span: { from: Day; to: Day } | null;
  last_period: number | null;
  missing_days: number;
  no_value: string | null;
  target: Target | null;
  attainment: number | null;
  expected: number | null;
  pace: number | null;
  status: Status;
  forecast: Forecast | null;
  change: Change | null;
  spark: Spark | null;
  freshness: Freshness;
  reconciliation: Reconciliation | null;
  findings: string[];
  curve: Curve | null;
}

export type Operator = "×" | "＋" | "－" | "÷" | "ƒ";

export interface Junction {
  parent: string;
  operator: Operator;
  children: { id: string; sign: Operator }[];
  remainder: number | null;
}

export interface Effect {
  elasticity: number;
  ci95: [number, number];
}

export interface MapLink {
  from: string;
  to: string;
  kind: "formula" | "influence";
  verdict: "identity" | "moves" | "does-not-move" | "cannot-tell";
  grade: Grade;
  lag: string | null;
  because: string | null;
  effect: Effect | null;
  label: string | null;
  days_needed?: number | null;
  break?: { date: Day } | null;
}

export interface Finding {
  code: string;
  severity: Severity;
  indicator: string | null;
  sentence: string;
  mend: string;
}

export interface SmartLine {
  letter: "S" | "M" | "A" | "R" | "T";
  state: "ok" | "warn" | "no" | "wait";
  sentence: string;
  hint: string;
}

export interface Sentence {
  kind: "now" | "changed" | "next";
  mark: Status | null;
  parts: { text: string; strong: boolean }[];
  indicator: string | null;
}

export interface TeamEvent {
  on: Day;
  what: string;
}

/** Everything the map needs, in one reply. */
export interface MapReply {
  workspace: { slug: string; name: string; demo: boolean };
  model: { name: string; version: number; locale: string; agreed: Agreement[]; versions: number };
  as_of: Day;
  first_day: Day | null;
  last_day: Day | null;
  today: Day;
  goal: { key: string; name: string } | null;
  sentences: Sentence[];
  indicators: Indicator[];
  junctions: Junction[];
  links: MapLink[];
  findings: Finding[];
  smart: SmartLine[];
  events: TeamEvent[];
}

export interface DetailLink extends MapLink {
  from_name: string;
  to_name: string;
  sentence: string;
}

export interface Breakdown {
  /** The column it is broken down by. */
  dimension: string;
  values: { name: string; value: number | null }[];
}

/** Everything the drawer shows about one indicator. */
export interface IndicatorDetail {
  indicator: Indicator;
  /** Day by day over the target's span, or the last 180 days. */
  daily: { first: Day; values: (number | null)[] };
  /** Running total with pace and forecast band; null for rates and levels. */
  curve: Curve | null;
  /** The level a single day is compared with; null where there is none. */
  target_line: number | null;
  pace_line: { first: Day; values: (number | null)[] } | null;
  sources: { id: string; path: string; metrics: string[]; last_day: Day | null }[];
  links: DetailLink[];
  breakdown: Breakdown[];
  findings: Finding[];
  glossary: { term: string; text: string }[];
  events: TeamEvent[];
  history: {
    version: number;
    note: string;
    author: string;
    created_at: string;
    changes: string[];
  }[];
  version: number;
}

export interface KgiSummary {
  id: string;
  name: string;
  unit: string;
  value: number | null;
  target_label: string | null;
  attainment: number | null;
  pace: number | null;
  status: Status;
  spark: (number | null)[];
  p_attain: number | null;
}

export interface GoalsReply {
  goals: {
    management_goal: { key: string; name: string };
    workspaces: { slug: string; name: string; model_name: string; kgi: KgiSummary; as_of: Day }[];
  }[];
}

export interface Template {
  key: string;
  name: string;
  summary: string;
  kgi_name: string;
  /** A small tree for the thumbnail: each entry's parent is an index into the list, −1 for the root. */
  shape: { name: string; parent: number; operator: string | null }[];
  sources: { id: string; name: string; columns: string[] }[];
}

export interface NewWorkspace {
  name: string;
  template: string;
  sample: boolean;
  kgi?: { name?: string; amount?: number; unit?: string; from?: Day; by?: Day };
}

export interface ModelText {
  version: number;
  yaml: string;
  name: string;
  created_at: string;
  note: string;
  author: string;
}

export interface ModelProblem {
  line: number;
  col: number;
  message: string;
  mend: string;
}

export interface ModelCheck {
  ok: boolean;
  problems: ModelProblem[];
  findings: Finding[];
  smart: SmartLine[];
}

export interface TargetEdit {
  kind: TargetKind;
  /** As people write it: "100", "3%". */
  amount: string;
  per?: string;
  from?: Day;
  by?: Day;
  direction?: "up" | "down";
  at_least?: number;
  agreed?: Agreement[];
  milestones?: { by: Day; value: number }[];
}

export interface MetricSpec {
  column?: string;
  count?: string;
  sum?: string;
  distinct?: string;
  agg?: string;
  where?: Record<string, string[]>;
}

export interface SourceSpec {
  csv: string;
  date: string;
  by?: string[];
  metrics: Record<string, MetricSpec>;
  gaps?: string;
  number?: string;
  date_order?: string;
  sheet?: string;
}

type IndicatorFields = Partial<
  Record<
    "name" | "definition" | "unit" | "owner" | "role" | "why" | "formula" | "measure" | "serves",
    string | null
  >
>;

/** One change of the model; several go together in one version. */
export type Edit =
  | { op: "set_indicator"; id: string; fields: IndicatorFields }
  | { op: "add_indicator"; id: string; fields: IndicatorFields; parent?: string }
  | { op: "remove_indicator"; id: string }
  | { op: "set_target"; id: string; target: TargetEdit | null }
  | { op: "set_influence"; from: string; to: string; lag?: string; because?: string }
  | { op: "remove_influence"; from: string; to: string }
  | { op: "set_source"; id: string; source: SourceSpec }
  | { op: "set_model"; fields: Record<string, string> };

export interface EditReply extends ModelCheck {
  version: number;
  yaml: string;
}

export interface ModelVersion {
  version: number;
  note: string;
  author: string;
  created_at: string;
  current: boolean;
}

export interface ModelChange {
  kind: string;
  indicator: string | null;
  field: string | null;
  before: string | null;
  after: string | null;
  sentence: string;
}

export interface Upload {
  id: string;
  name: string;
  size: number;
  rows: number;
  first: Day | null;
  last: Day | null;
  uploaded_at: string;
}

export interface Source {
  id: string;
  path: string;
  columns: string[];
  first: Day | null;
  last: Day | null;
  days: number;
  rows: number;
  missing_days: number;
  metrics: string[];
  uploads: Upload[];
}

export interface PreviewColumn {
  name: string;
  kind: "date" | "number" | "text";
  example: string;
  /** Numbers that can be read two ways: what each reading would make of the example. */
  ambiguous?: { dot: string; comma: string; example: string } | null;
}

export interface UploadPreview {
  upload_id: string;
  preview: {
    format: string;
    header: string[];
    columns: PreviewColumn[];
    rows: string[][];
    date_column: string | null;
    suggestion: { source_id: string; date: string; metrics: Record<string, MetricSpec> } | null;
  };
}

export interface ImportReply {
  version: number;
  rows: number;
  days: number;
  first: Day | null;
  last: Day | null;
}

export interface UploadProgress {
  rows: number;
  bytes: number;
  size: number;
  done: boolean;
}

/** RFC 9457: what happened, and per place what to do. */
export interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  errors?: { location?: string; message?: string; value?: unknown }[];
}
