import type { AutomationEffect, AutomationSentences } from "../../api/useAutomations.ts";
import type { Counts } from "./counts.ts";
import type { Definition, Kind } from "./definition.ts";
import type { Open } from "./Editor.tsx";
import type { Gap } from "./edit.ts";

/** What the flow needs to be drawn, on a wide screen or as a list. */
export interface Flow {
  definition: Definition;
  counts: Counts;
  sentences: AutomationSentences | null;
  /** How many problems a card has, by step and "trigger". */
  marks: ReadonlyMap<string, number>;
  /** Somebody is or will be held out. */
  held: boolean;
  effect: AutomationEffect | null;
  open: Open;
  onOpen: (open: Open) => void;
  /** Not there for those who may look only. */
  onAdd?: (gap: Gap, kind: Kind) => void;
  onRemove?: (id: string) => void;
}

/** The card that is open. */
export function openCard(open: Open): string | null {
  if (open === "trigger") return "trigger";
  return open !== null && typeof open === "object" ? open.step : null;
}

/** A server's words as a title: they come without who, and so begin small in English. */
export function titled(said: string): string {
  return said.charAt(0).toUpperCase() + said.slice(1);
}
