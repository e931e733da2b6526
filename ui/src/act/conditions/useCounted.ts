import { ApiError } from "../../api/client.ts";
import { type ConditionCountReply, useConditionCount } from "../../api/useSegments.ts";
import { useSettled } from "../../kit/useSettled.ts";
import { useRights } from "../contacts/useRights.ts";
import { type Condition, isEmpty, isFinished, type Problem } from "./condition.ts";

const BEFORE = /^body\.condition\.?/;

/** What the server said of a condition, by its place in it. */
export function problemsOf(error: unknown, before = BEFORE): Problem[] {
  if (!(error instanceof ApiError)) return [];
  const errors = error.problem.errors ?? [];
  return errors
    .filter((one) => before.test(one.location ?? ""))
    .map((one) => ({ path: (one.location ?? "").replace(before, ""), message: one.message ?? "" }));
}

interface Counted {
  /** Why there is no number, or "counted". While counting, the last number may still be shown. */
  state: "empty" | "unfinished" | "closed" | "counting" | "wrong" | "counted";
  count: ConditionCountReply | undefined;
  problems: Problem[];
}

/** How many a condition is true of, once it has stood still for a moment and nothing is empty. */
export function useCounted(ws: string, condition: Condition): Counted {
  const text = JSON.stringify(condition);
  const settled = useSettled(text, 300);
  const ready = !isEmpty(condition) && isFinished(condition);
  const { see } = useRights(ws);
  const found = useConditionCount(
    ws,
    JSON.parse(settled) as Condition,
    see === true && ready && settled === text,
  );
  if (isEmpty(condition)) return { state: "empty", count: undefined, problems: [] };
  if (!ready) return { state: "unfinished", count: found.data, problems: [] };
  // How many it is true of is told to those alone who may see people.
  if (see === false) return { state: "closed", count: undefined, problems: [] };
  if (settled !== text || found.isFetching)
    return { state: "counting", count: found.data, problems: [] };
  if (found.error) return { state: "wrong", count: undefined, problems: problemsOf(found.error) };
  return { state: found.data ? "counted" : "counting", count: found.data, problems: [] };
}
