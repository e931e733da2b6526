import type { RecipientWish } from "../../api/useLaw.ts";

export const ROLES = ["processor", "third-party", "joint", "own"] as const;

/** Where services that teams here use keep their data; another one that was kept is added. */
export const COUNTRIES = ["JP", "US", "SG", "IE", "DE", "GB", "AU", "IN", "KR", "TW", "CA", "FR"];

/** Hosts as somebody writes or pastes them: with addresses around them, commas between. */
export function hostsOf(text: string): string[] {
  const hosts = text
    .split(/[\s,、]+/)
    .map((one) =>
      one
        .trim()
        .toLowerCase()
        .replace(/^[a-z]+:\/\//, "")
        .replace(/[/:?#].*$/, ""),
    )
    .filter((one) => one !== "");
  return [...new Set(hosts)];
}

/** To hand data abroad takes a ground, but not to a program of one's own. */
export function needsAbroad(one: Pick<RecipientWish, "role" | "country">): boolean {
  return one.country !== "JP" && one.role !== "own";
}
