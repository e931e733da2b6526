import type { Indicator, Target } from "../../api/types.ts";
import type { DecideRequest, DecisionKind, ReviewItem } from "../../api/useReviews.ts";

/** The kinds of target offered where there is none yet. */
export const targetKinds = ["reach", "hold", "total"] as const;

/** A decision as the form holds it: everything as it was typed. */
export interface Draft {
  indicator: string;
  why: string;
  owner: string;
  due: string;
  /** When to look again. */
  again: string;
  target: (typeof targetKinds)[number] | "growth";
  /** In the shown unit; for growth in percent of last year. */
  amount: string;
  by: string;
  metric: string;
  metricName: string;
  unit: string;
  name: string;
  begins: string;
}

export function newDraft(item: ReviewItem, again: string): Draft {
  return {
    indicator: item.indicator ?? "",
    why: "",
    owner: "",
    due: "",
    again,
    target: "reach",
    amount: "",
    by: "",
    metric: "",
    metricName: "",
    unit: "",
    name: "",
    begins: "",
  };
}

/** A typed number, full width and grouped or not; null where it is none. */
export function numberOf(typed: string): number | null {
  const text = typed.normalize("NFKC").replace(/[,\s]/g, "").replace("−", "-");
  if (!/^-?\d*\.?\d+$/.test(text)) return null;
  return Number(text);
}

/** A target as people say it. */
export function shownTarget(target: Target): string {
  return target.label;
}

/** The decision as the API takes it; null while something that it needs is missing. */
export function requestOf(
  kind: DecisionKind,
  item: ReviewItem,
  draft: Draft,
  about: Indicator | undefined,
  version: number,
): DecideRequest | null {
  const due = kind === "measure-again" ? draft.again : draft.due;
  const request: DecideRequest = {
    item: item.id,
    kind,
    why: draft.why.trim(),
    owner: draft.owner.trim(),
    base_version: version,
    ...(due ? { due } : {}),
    ...(draft.indicator ? { indicator: draft.indicator } : {}),
  };
  if (kind === "change-target") {
    const amount = numberOf(draft.amount);
    if (amount === null || !about) return null;
    const held = about.target && about.target.kind !== "vague" ? about.target.kind : null;
    const asked = held ?? draft.target;
    const scale = asked === "growth" || about.unit === "%" ? 100 : 1;
    request.target = {
      amount: Number((amount / scale).toPrecision(12)),
      ...(held ? {} : { kind: asked }),
      ...(!held && asked === "hold" ? { per: "month" as const } : {}),
      ...(draft.by ? { by: draft.by } : {}),
    };
  }
  if (kind === "replace-kpi") {
    if (!about) return null;
    if (draft.metric)
      request.replace = {
        metric: draft.metric,
        name: draft.metricName.trim(),
        unit: draft.unit.trim(),
      };
  }
  if (kind === "initiative")
    request.initiative = {
      name: draft.name.trim(),
      ...(draft.begins ? { begins: draft.begins } : {}),
    };
  return request;
}
