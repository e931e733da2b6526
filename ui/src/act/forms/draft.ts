import { ApiError } from "../../api/client.ts";
import type { Form, FormConsent, FormDefinition, FormQuestion } from "../../api/useForms.ts";
import { fittingOther } from "./wording.ts";

export const KINDS = [
  "line",
  "text",
  "email",
  "phone",
  "number",
  "one",
  "several",
  "yes",
  "nps",
  "csat",
] as const;
export type QuestionKind = (typeof KINDS)[number];

/** Kinds whose answers come out of a list, so that they can be counted by. */
export function isChoice(kind: string): boolean {
  return ["one", "several", "yes", "nps", "csat"].includes(kind);
}

export function hasOptions(kind: string): boolean {
  return kind === "one" || kind === "several";
}

export function isScale(kind: string): boolean {
  return kind === "nps" || kind === "csat";
}

/** A key nobody else has: answers are kept under it, so it never changes again. */
export function newKey(questions: FormQuestion[], wish = "q"): string {
  const taken = new Set(questions.map((one) => one.key));
  if (wish !== "q" && !taken.has(wish)) return wish;
  for (let n = 1; ; n++) if (!taken.has(`${wish}${n}`)) return `${wish}${n}`;
}

/** Moves a question; the places stay as they are where there is none to move to. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const one = list[from];
  if (one === undefined || to < 0 || to >= list.length || from === to) return list;
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), one, ...rest.slice(to)];
}

/** A question of another kind: what does not fit it is left out. */
export function ofKind(question: FormQuestion, kind: string, options: string[]): FormQuestion {
  const { options: old, counted: _, to, ...rest } = question;
  const next: FormQuestion = { ...rest, kind };
  if (to && !(to === "address" && kind !== "email") && !isScale(kind)) next.to = to;
  if (hasOptions(kind)) next.options = old && old.length > 1 ? old : options;
  if (isChoice(kind)) next.counted = true;
  return next;
}

/** Options are written one on a line. */
export function optionsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
}

/** A host as the server knows it: without https:// and what follows the name. */
export function siteOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/[/?#].*$/, "");
}

/** Whether two definitions say the same: what is empty is not there. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(trimmed(a)) === JSON.stringify(trimmed(b));
}

function trimmed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(trimmed);
  if (!value || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== "" && one !== false && one != null)
      .filter(([, one]) => !(Array.isArray(one) && one.length === 0))
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([name, one]) => [name, trimmed(one)]),
  );
}

/** A definition as it is sent: without what is empty. */
export function cleaned(definition: FormDefinition): FormDefinition {
  const out: FormDefinition = { ...definition };
  for (const name of ["lead", "button", "thanks", "next", "document", "policy", "lang"] as const)
    if (!out[name]) delete out[name];
  if (!out.sites?.length) delete out.sites;
  if (!out.consent) delete out.consent;
  if (!out.choice) delete out.choice;
  if (out.other) out.other = fittingOther(out);
  else delete out.other;
  return out;
}

/** What the server says of each place of a definition, such as "questions.0.label". */
export function problemsOf(error: unknown): Record<string, string> {
  const out: Record<string, string> = {};
  if (!(error instanceof ApiError)) return out;
  for (const one of error.problem.errors ?? []) {
    const place = (one.location ?? "")
      .replace(/^body\.definition\./, "")
      .replace(/(:\d+)+$/, "")
      .trim();
    if (place && one.message) out[place] ??= one.message;
  }
  return out;
}

/** Words of consent that name no sender, as long as they are what was kept. */
export function unnamed(kept: Form, now: FormDefinition): Record<string, string> {
  const words = (one: FormDefinition | null | undefined, place: string) =>
    place === "consent.text" ? one?.consent?.text : one?.other?.consent?.text;
  return Object.fromEntries(
    Object.entries(kept.unnamed ?? {}).filter(
      ([place]) => words(kept.definition, place) === words(now, place),
    ),
  );
}

export function withConsent(
  definition: FormDefinition,
  change: Partial<FormConsent>,
): FormDefinition {
  return { ...definition, consent: { text: "", ...definition.consent, ...change } };
}

/** The place the next page of a form's answers goes to: a document, or any page. */
export function isDocument(definition: FormDefinition): boolean {
  return definition.kind === "download";
}
