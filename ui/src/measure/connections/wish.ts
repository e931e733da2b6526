import type { ConnectionKind, ConnectionSettings } from "../../api/types.ts";
import { type Day, daysBetween } from "../../i18n/day.ts";

/** A connection as the form holds it: every field as it is typed. */
export interface Draft {
  name: string;
  kind: ConnectionKind;
  text: Partial<Record<TextKey, string>>;
  fresh: boolean;
  secret: string;
}

export type TextKey = Exclude<keyof ConnectionSettings, "fresh" | "search_type">;

/** Which fields a kind asks for, in their order. */
export function fieldsOf(kind: ConnectionKind, engine: string): TextKey[] {
  switch (kind) {
    case "ga4":
      return ["property", "metrics", "dimensions"];
    case "search_console":
      return ["site", "dimensions"];
    case "sheets":
      return ["url"];
    case "http":
      return ["url", "format", "path", "header"];
    case "sql":
      return engine === "sqlite"
        ? ["engine", "file", "query"]
        : ["engine", "host", "port", "database", "user", "tls", "query"];
  }
}

/** What a new connection starts from. */
export function draftOf(kind: ConnectionKind, name = ""): Draft {
  const text: Draft["text"] =
    kind === "ga4"
      ? { metrics: "sessions, keyEvents", dimensions: "sessionDefaultChannelGroup" }
      : kind === "sql"
        ? { engine: "postgres", tls: "verify" }
        : {};
  return { name, kind, text, fresh: false, secret: "" };
}

/** The draft as the API takes it; fields of other kinds are left out. */
export function settingsOf(draft: Draft): ConnectionSettings {
  const out: ConnectionSettings = {};
  for (const key of fieldsOf(draft.kind, draft.text.engine ?? "")) {
    const value = draft.text[key]?.trim();
    if (!value) continue;
    if (key === "port") out.port = Number(value);
    else if (key === "metrics" || key === "dimensions") out[key] = listOf(value);
    else Object.assign(out, { [key]: value });
  }
  if (draft.kind === "search_console" && draft.fresh) out.fresh = true;
  return out;
}

function listOf(text: string): string[] {
  return text
    .split(/[,、\s]+/)
    .map((one) => one.trim())
    .filter(Boolean);
}

/** How far back is fetched where nothing is said. */
const USUAL = 90; // days

/**
 * The first day to fetch: that on which the goal begins, where the usual days would miss a part
 * of what it has added up; "" for the usual ones.
 */
export function firstDay(goal: Day | null, last: Day): Day | "" {
  return goal && last && daysBetween(goal, last) >= USUAL ? goal : "";
}

/** Whether the kind has a secret at all. */
export function hasSecret(draft: Draft): boolean {
  return draft.kind !== "sheets" && draft.text.engine !== "sqlite";
}
