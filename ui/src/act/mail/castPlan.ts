import type { BroadcastPlan } from "../../api/useMail.ts";
import type { Second } from "./SecondWording.tsx";

/** The minutes over which a broadcast may be spread. */
export const SPREADS = [0, 60, 180, 480, 1440] as const;

/** A moment as a field of date and time wants it, in the clock of whoever looks. */
export function fieldOf(at: string | null | undefined): string {
  const moment = at ? new Date(at) : null;
  if (!moment || Number.isNaN(moment.getTime())) return "";
  const two = (n: number) => String(n).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** Back again; null where nothing is said. */
export function momentOf(field: string): string | null {
  const moment = field ? new Date(field) : null;
  return moment && !Number.isNaN(moment.getTime()) ? moment.toISOString() : null;
}

/** The next full hour from now on that is in the working day. */
export function proposed(now: Date): string {
  const at = new Date(now);
  at.setMinutes(0, 0, 0);
  at.setHours(at.getHours() + 1);
  if (at.getHours() < 9) at.setHours(10);
  if (at.getHours() > 18) {
    at.setDate(at.getDate() + 1);
    at.setHours(10);
  }
  return at.toISOString();
}

/** What is not used is left away. */
export function cleanedPlan(plan: BroadcastPlan, when: "now" | "at"): BroadcastPlan {
  const { template_b, share_b, by, kpi, audience, at, ...rest } = plan;
  const asks = audience && Object.keys(audience).length > 0 && (audience.all?.length ?? 1) > 0;
  return {
    ...rest,
    ...(template_b ? { template_b, share_b: share_b ?? 50 } : {}),
    ...(template_b && by && by !== "clicks" ? { by } : {}),
    ...(template_b && by === "kpi" && kpi ? { kpi } : {}),
    ...(asks ? { audience } : {}),
    ...(when === "at" && at ? { at } : {}),
  };
}

/** The second wording of a plan; null where there is none. */
export function secondOf(plan: BroadcastPlan): Second | null {
  if (!plan.template_b) return null;
  const { template_b: template, share_b: share = 50, by = "clicks", kpi = "" } = plan;
  return { template, share, by, kpi };
}

/** A plan with another second wording, or with none. */
export function withSecond(plan: BroadcastPlan, second: Second | null): BroadcastPlan {
  const { template_b: _, share_b: __, by: ___, kpi: ____, ...rest } = plan;
  if (!second) return rest;
  const { template, share, by, kpi } = second;
  return { ...rest, template_b: template, share_b: share, by, ...(kpi ? { kpi } : {}) };
}
