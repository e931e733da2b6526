import type { Intake } from "../../api/useIntake.ts";

/** One reason of a request, with the events it holds for. */
export interface Told {
  code: string;
  reason: string;
  /** Names of the events, each once; a nameless one by its place, 1 being the first. */
  of: string[];
  /** It holds for the request as a whole. */
  whole: boolean;
}

/** The reasons of a request, each once: twenty events with the same mistake are one thing to mend. */
export function toldOf({ reasons }: Pick<Intake, "reasons">): Told[] {
  const list: Told[] = [];
  for (const { code, reason, index, name } of reasons) {
    const whole = index < 0;
    let told = list.find((one) => one.code === code && one.whole === whole);
    if (!told) {
      told = { code, reason, of: [], whole };
      list.push(told);
    }
    const called = name || `#${index + 1}`;
    if (!whole && !told.of.includes(called)) told.of.push(called);
  }
  return list;
}
