import type { FormDefinition, FormQuestionWords, FormWording } from "../../api/useForms.ts";

export function langOf(definition: FormDefinition): "ja" | "en" {
  return definition.lang === "en" ? "en" : "ja";
}

export function otherLang(definition: FormDefinition): "ja" | "en" {
  return langOf(definition) === "en" ? "ja" : "en";
}

/** The words of the other language; empty ones where nothing is written yet. */
export function otherOf(definition: FormDefinition): FormWording {
  return definition.other ?? { title: "" };
}

export function withOther(
  definition: FormDefinition,
  change: Partial<FormWording>,
): FormDefinition {
  return { ...definition, other: { ...otherOf(definition), ...change } };
}

export function withOtherQuestion(
  definition: FormDefinition,
  key: string,
  change: Partial<FormQuestionWords>,
): FormDefinition {
  const { questions = {} } = otherOf(definition);
  const said = { label: "", ...questions[key], ...change };
  return withOther(definition, { questions: { ...questions, [key]: said } });
}

/**
 * The other language as it is sent: without words of questions, options or a consent that are
 * not asked any more. What is still to be written stays missing, so that the server says so.
 */
export function fittingOther(definition: FormDefinition): FormWording {
  const { title, lead, button, thanks, next, policy, questions, consent } = otherOf(definition);
  const out: FormWording = { title };
  for (const [name, text] of Object.entries({ lead, button, thanks, next, policy }))
    if (text) Object.assign(out, { [name]: text });
  out.questions = {};
  for (const { key, options } of definition.questions) {
    const { label = "", hint, options: read = {} } = questions?.[key] ?? {};
    const words: FormQuestionWords = { label };
    if (hint) words.hint = hint;
    for (const option of options ?? []) {
      const text = read[option];
      if (text) words.options = { ...words.options, [option]: text };
    }
    out.questions[key] = words;
  }
  if (definition.consent) {
    const { text = "", subject, mail } = consent ?? {};
    out.consent = { text, ...(subject ? { subject } : {}), ...(mail ? { mail } : {}) };
  }
  return out;
}
