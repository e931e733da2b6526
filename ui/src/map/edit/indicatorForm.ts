import type { Edit, Indicator, MapReply } from "../../api/types.ts";
import { joinPart } from "./formulaText.ts";
import {
  formOfTarget,
  noTarget,
  type TargetForm,
  type TargetGap,
  targetOfForm,
} from "./targetForm.ts";

/** How an indicator gets its number. */
export type Origin = "measure" | "formula" | "both";

/** How a new indicator is tied to the one it hangs under. */
export type JoinHow = "*" | "/" | "+" | "-" | "influence" | "none";

/** A link that no formula gives, seen from the indicator being edited. */
export interface LinkForm {
  from: string;
  to: string;
  lag: string;
  because: string;
}

/** Everything the editor holds, as it was typed. */
export interface IndicatorForm {
  id: string;
  name: string;
  definition: string;
  why: string;
  unit: string;
  owner: string;
  role: Indicator["role"];
  /** KGI only: the management goal. */
  serves: string;
  origin: Origin;
  formula: string;
  measure: string;
  target: TargetForm;
  links: LinkForm[];
  /** New indicators only. */
  join: { under: string; how: JoinHow };
}

const FIELDS = ["name", "definition", "why", "unit", "owner", "role", "serves"] as const;

/** The form of a new indicator; under a formula it multiplies, else it is believed to matter. */
export function newForm(map: MapReply, under: string | undefined): IndicatorForm {
  return {
    id: "",
    name: "",
    definition: "",
    why: "",
    unit: "",
    owner: "",
    role: "",
    serves: "",
    origin: "measure",
    formula: "",
    measure: "",
    target: noTarget,
    links: [],
    join: joinUnder(map, under ?? ""),
  };
}

/** How a new indicator is most likely tied to one that is there. */
export function joinUnder(map: MapReply, id: string): IndicatorForm["join"] {
  const parent = map.indicators.find((one) => one.id === id);
  if (!parent) return { under: "", how: "none" };
  return { under: id, how: parent.formula || !parent.measure ? "*" : "influence" };
}

/** The form of an indicator that is there. */
export function formOf(map: MapReply, id: string): IndicatorForm | null {
  const indicator = map.indicators.find((one) => one.id === id);
  if (!indicator) return null;
  const { formula, measure } = indicator;
  return {
    id,
    name: indicator.name,
    definition: indicator.definition,
    why: indicator.why,
    unit: indicator.unit,
    owner: indicator.owner,
    role: indicator.role,
    serves: indicator.is_kgi ? map.goal.key : "",
    origin: formula && measure ? "both" : formula ? "formula" : "measure",
    formula: formula ?? "",
    measure: measure ?? "",
    target: formOfTarget(indicator.target, indicator.unit),
    links: map.links
      .filter((link) => link.kind === "influence" && (link.from === id || link.to === id))
      .map(({ from, to, lag, because }) => ({ from, to, lag: lag ?? "", because: because ?? "" })),
    join: { under: "", how: "none" },
  };
}

/** The steps from what is saved to what was typed; `gaps` is what the target still lacks. */
export function editsOf(
  before: IndicatorForm | null,
  now: IndicatorForm,
  map: MapReply,
): { edits: Edit[]; gaps: TargetGap[] } {
  const edits: Edit[] = [];
  const fields = changedFields(before, now);
  if (!before) edits.push({ op: "add_indicator", id: now.id, fields });
  else if (Object.keys(fields).length) edits.push({ op: "set_indicator", id: now.id, fields });
  const { target, gaps } = targetOfForm(now.target, now.unit);
  const unitMoved = before !== null && before.unit !== now.unit;
  const targetMoved = !same(before?.target ?? noTarget, now.target) || unitMoved;
  if (targetMoved && gaps.length === 0 && (target || before?.target.kind))
    edits.push({ op: "set_target", id: now.id, target });
  edits.push(...linkEdits(before?.links ?? [], now.links));
  if (!before) edits.push(...joinEdits(now, map));
  return { edits, gaps };
}

function changedFields(
  before: IndicatorForm | null,
  now: IndicatorForm,
): NonNullable<Edit["fields"]> {
  const fields: NonNullable<Edit["fields"]> = {};
  const put = (
    key: (typeof FIELDS)[number] | "formula" | "measure",
    old: string,
    value: string,
  ) => {
    if (old !== value) fields[key] = value || null;
  };
  for (const key of FIELDS) put(key, before?.[key] ?? "", now[key].trim());
  put("formula", before ? used(before, "formula") : "", used(now, "formula"));
  put("measure", before ? used(before, "measure") : "", used(now, "measure"));
  return fields;
}

/** What is typed into a box that the choice of origin hides is not saved. */
function used(form: IndicatorForm, key: "formula" | "measure"): string {
  return form.origin === key || form.origin === "both" ? form[key].trim() : "";
}

function linkEdits(before: LinkForm[], now: LinkForm[]): Edit[] {
  const key = (link: LinkForm) => `${link.from}→${link.to}`;
  const kept = new Set(now.map(key));
  const removed = before
    .filter((link) => !kept.has(key(link)))
    .map(({ from, to }): Edit => ({ op: "remove_influence", from, to }));
  const set = now
    .filter((link) => link.from && link.to)
    .filter((link) => !before.some((old) => same(old, link)))
    .map(
      ({ from, to, lag, because }): Edit => ({
        op: "set_influence",
        from,
        to,
        ...(lag.trim() ? { lag: lag.trim() } : {}),
        because: because.trim(),
      }),
    );
  return [...removed, ...set];
}

function joinEdits(form: IndicatorForm, map: MapReply): Edit[] {
  const { under, how } = form.join;
  if (!under || how === "none") return [];
  if (how === "influence") return [{ op: "set_influence", from: form.id, to: under, because: "" }];
  const formula = map.indicators.find((one) => one.id === under)?.formula ?? "";
  return [{ op: "set_indicator", id: under, fields: { formula: joinPart(formula, how, form.id) } }];
}

/**
 * Somebody else saved: what was typed here stays, what was not touched here follows them.
 */
export function rebase(
  before: IndicatorForm,
  typed: IndicatorForm,
  theirs: IndicatorForm,
): IndicatorForm {
  const keep = <K extends keyof IndicatorForm>(key: K): IndicatorForm[K] =>
    same(before[key], typed[key]) ? theirs[key] : typed[key];
  return {
    id: keep("id"),
    name: keep("name"),
    definition: keep("definition"),
    why: keep("why"),
    unit: keep("unit"),
    owner: keep("owner"),
    role: keep("role"),
    serves: keep("serves"),
    origin: keep("origin"),
    formula: keep("formula"),
    measure: keep("measure"),
    target: keep("target"),
    links: keep("links"),
    join: keep("join"),
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
