import type { ConditionChoices } from "../../api/useSegments.ts";

type Named = ConditionChoices["events"][number];

/**
 * The events to choose from. The one that is chosen is among them by the name everybody gives
 * it, also where nobody did it lately.
 */
export function eventsFor(choices: ConditionChoices | undefined, chosen: string | undefined) {
  const done: Named[] = choices?.events ?? [];
  const usual = choices?.usual.find((one) => one.id === chosen);
  return usual && !done.some((one) => one.id === chosen) ? [...done, usual] : done;
}
