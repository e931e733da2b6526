import type { Edit, Target } from "../../api/types.ts";
import { plainNumber, typedNumber } from "./typedNumber.ts";

type TargetInput = NonNullable<Edit["target"]>;

/** A target as the form holds it: everything as it was typed. */
export interface TargetForm {
  kind: "" | TargetInput["kind"];
  /** In the shown unit; for growth the change in percent: 50 is 1.5 times. */
  amount: string;
  /** Growth of a ratio: does 5 mean 5 % more, or 5 points more? Empty: not said yet. */
  reading: "" | "percent" | "points";
  /** Growth in points starts from here, in percent. */
  basis: string;
  per: "day" | "week" | "month" | "quarter";
  from: string;
  by: string;
  direction: "up" | "down";
  /** Hold: how many percent of the periods must reach it. */
  atLeast: string;
  agreed: { by: string; on: string }[];
  /** Empty: the program derives them from season and business days. */
  milestones: { by: string; value: string }[];
}

/** What is still to be said before the target can be saved. */
export type TargetGap = "amount" | "positive" | "reading" | "basis" | "order" | "milestone";

export const noTarget: TargetForm = {
  kind: "",
  amount: "",
  reading: "",
  basis: "",
  per: "month",
  from: "",
  by: "",
  direction: "up",
  atLeast: "100",
  agreed: [],
  milestones: [],
};

/** A saved target as the form shows it. */
export function formOfTarget(target: Target | null, unit: string): TargetForm {
  if (!target || target.kind === "vague") return noTarget;
  const per = target.per === "year" || target.per === null ? "month" : target.per;
  return {
    kind: target.kind,
    amount: shownAmount(target, unit),
    reading: target.kind === "growth" && unit === "%" ? "percent" : "",
    basis: "",
    per,
    from: target.from ?? "",
    by: target.by ?? "",
    direction: target.direction,
    atLeast: plainNumber((target.at_least ?? 1) * 100),
    agreed: target.agreed.map(({ by, on }) => ({ by, on: on ?? "" })),
    milestones: target.milestones
      .filter((one) => !one.derived && one.value !== null)
      .map((one) => ({ by: one.by, value: shown(one.value ?? 0, unit) })),
  };
}

function shownAmount(target: Target, unit: string): string {
  if (target.kind !== "growth") return target.amount === null ? "" : shown(target.amount, unit);
  if (target.factor === null) return "";
  const change = (target.factor - 1) * 100;
  return plainNumber(target.direction === "down" ? -change : change);
}

function shown(value: number, unit: string): string {
  return plainNumber(unit === "%" ? value * 100 : value);
}

/** Whether % and points must be told apart. */
export function asksReading(form: TargetForm, unit: string): boolean {
  return form.kind === "growth" && unit === "%";
}

/** Both readings of "5 more" for a ratio, as ratios: 5 % → 5.25 % or 5 % → 10 %. */
export function readings(basis: number, change: number, direction: "up" | "down") {
  const signed = direction === "down" ? -change : change;
  return { percent: basis * (1 + signed / 100), points: basis + signed / 100 };
}

/** The form as the API takes it; null without a target. `gaps` says what is missing. */
export function targetOfForm(
  form: TargetForm,
  unit: string,
): { target: TargetInput | null; gaps: TargetGap[] } {
  if (!form.kind) return { target: null, gaps: [] };
  const gaps: TargetGap[] = [];
  const amount = typedNumber(form.amount);
  if (amount === null) gaps.push("amount");
  if (form.from && form.by && form.by < form.from) gaps.push("order");
  const target: TargetInput = { kind: form.kind, amount: "" };
  if (form.kind === "growth") growth(form, unit, amount, target, gaps);
  else if (amount !== null) target.amount = plainNumber(amount) + (unit === "%" ? "%" : "");
  if (form.kind === "hold") {
    target.per = form.per;
    const share = typedNumber(form.atLeast);
    if (share !== null && share > 0 && share < 100) target.at_least = plainNumber(share / 100);
  }
  if (form.from && target.kind !== "reach") target.from = form.from;
  if (form.by) target.by = form.by;
  if (form.direction === "down") target.direction = "down";
  const agreed = form.agreed.filter((one) => one.by.trim());
  if (agreed.length)
    target.agreed = agreed.map(({ by, on }) => ({ by: by.trim(), ...(on ? { on } : {}) }));
  const milestones = milestonesOf(form, unit);
  if (milestones === null) gaps.push("milestone");
  else if (milestones.length) target.milestones = milestones;
  return { target: gaps.length ? null : target, gaps };
}

function growth(
  form: TargetForm,
  unit: string,
  change: number | null,
  target: TargetInput,
  gaps: TargetGap[],
): void {
  if (asksReading(form, unit) && !form.reading) gaps.push("reading");
  if (asksReading(form, unit) && form.reading === "points") {
    const basis = typedNumber(form.basis);
    if (basis === null) gaps.push("basis");
    if (basis === null || change === null) return;
    // The file format knows growth as a factor only; so many points more is a level to reach.
    const points = readings(basis / 100, change, form.direction).points;
    target.kind = "reach";
    target.amount = `${plainNumber(points * 100)}%`;
    return;
  }
  if (change === null) return;
  const factor = 1 + (form.direction === "down" ? -change : change) / 100;
  if (factor <= 0) gaps.push("positive");
  target.amount = plainNumber(factor);
}

function milestonesOf(form: TargetForm, unit: string): { by: string; value: string }[] | null {
  const typed = form.milestones.filter((one) => one.by || one.value.trim());
  const read = typed.map((one) => ({ by: one.by, value: typedNumber(one.value) }));
  if (read.some((one) => !one.by || one.value === null)) return null;
  return read
    .map(({ by, value }) => ({ by, value: plainNumber(value ?? 0) + (unit === "%" ? "%" : "") }))
    .sort((a, b) => (a.by < b.by ? -1 : 1));
}
