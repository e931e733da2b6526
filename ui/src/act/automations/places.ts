import type { Problem } from "../conditions/condition.ts";

interface Told {
  place: string;
  what: string;
  mend: string;
}

/** What the server said of a condition, as the builder looks for it: "/if/all/1/did" is "all[1].did". */
export function conditionProblems(problems: Told[], at: string): Problem[] {
  return problems
    .filter(({ place }) => place === at || place.startsWith(`${at}/`))
    .map(({ place, what, mend }) => ({
      path: place
        .slice(at.length + 1)
        .replace(/\/(\d+)/g, "[$1]")
        .replaceAll("/", "."),
      message: mend ? `${what} ${mend}` : what,
    }));
}
