import type { Verdict } from "../../api/useLeads.ts";

const ROAD: Exclude<Verdict, "" | "rejected">[] = ["accepted", "meeting", "won"];

/** What a lead can become from here on: the steps it has not reached. */
export function nextSteps(verdict: Verdict): Exclude<Verdict, "" | "rejected">[] {
  return ROAD.slice((ROAD as Verdict[]).indexOf(verdict) + 1);
}
