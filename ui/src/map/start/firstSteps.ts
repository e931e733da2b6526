import type { MapReply } from "../../api/types.ts";

export type StepKey = "goal" | "numbers" | "findings" | "agreement";

/** The steps from an empty map to one a team shares, in their order. */
export function firstSteps(
  reply: Pick<MapReply, "indicators" | "last_day" | "agreement">,
  looked: boolean,
): { key: StepKey; done: boolean }[] {
  const target = reply.indicators[0]?.target;
  return [
    { key: "goal", done: target?.amount != null && target.by != null },
    { key: "numbers", done: reply.last_day !== null },
    { key: "findings", done: looked && reply.last_day !== null },
    { key: "agreement", done: reply.agreement.signed > 0 },
  ];
}
