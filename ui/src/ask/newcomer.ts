import { useState } from "react";
import type { FindingCard, MapReply } from "../api/types.ts";

/** How many findings somebody sees who has just arrived: the most at stake, and where the rest is. */
export const FIRST_FINDINGS = 3;

/** The first of each kind, in the order they come: three unlike ones teach more than three alike. */
export function firstOfEachKind(findings: FindingCard[]): FindingCard[] {
  const kinds = new Map<string, FindingCard>();
  for (const one of findings) if (!kinds.has(one.title)) kinds.set(one.title, one);
  return [...kinds.values()].slice(0, FIRST_FINDINGS);
}

/**
 * Whether the page opens with its first findings alone, and the way to all of it. A team that has
 * agreed on its goal has read such pages before; who asked for all of it once gets it at once.
 */
export function useNewcomer(ws: string, reply: MapReply | undefined) {
  const key = `shirube.findings.all.${ws}`;
  const [all, setAll] = useState(() => {
    try {
      return localStorage.getItem(key) !== null;
    } catch {
      return false; // a browser that keeps nothing asks again
    }
  });
  return {
    fresh: reply !== undefined && !reply.workspace.demo && reply.agreement.signed === 0 && !all,
    showAll: () => {
      setAll(true);
      try {
        localStorage.setItem(key, "1");
      } catch {
        // It is asked again next time.
      }
    },
  };
}
