import type { FormDefinition, FormQuestion } from "../../api/useForms.ts";
import type { Translate } from "../../i18n/translate.ts";

export const PRESETS = ["inquiry", "download", "newsletter", "nps", "csat", "free"] as const;
export type Preset = (typeof PRESETS)[number];

interface Wish {
  preset: Preset;
  lang: "ja" | "en";
  /** The document's address, of a download. */
  document: string;
  /** Whose mail it is. */
  team: string;
}

/** What a form begins with: few questions, for each one more costs answers. */
export function presetOf({ preset, lang, document, team }: Wish, t: Translate): FormDefinition {
  const mail: FormQuestion = {
    key: "mail",
    kind: "email",
    label: t("forms.preset.mail"),
    required: true,
    to: "address",
  };
  const name: FormQuestion = {
    key: "name",
    kind: "line",
    label: t("forms.preset.name"),
    required: true,
    to: "name",
  };
  const company: FormQuestion = {
    key: "company",
    kind: "line",
    label: t("forms.preset.company"),
    to: "company",
  };
  const body: FormQuestion = { key: "body", kind: "text", label: t("forms.preset.body") };
  const why: FormQuestion = { key: "why", kind: "text", label: t("forms.preset.why") };
  const consent = { text: t("forms.preset.consent", { team }) };
  const base = { lang, title: t(`forms.preset.title.${preset}`) };
  switch (preset) {
    case "inquiry":
      return {
        ...base,
        kind: "inquiry",
        questions: [name, company, mail, { ...body, required: true }],
        consent,
      };
    case "download":
      return {
        ...base,
        kind: "download",
        next: document,
        questions: [name, company, mail],
        consent,
      };
    case "newsletter":
      return {
        ...base,
        kind: "newsletter",
        questions: [mail],
        consent: { ...consent, required: true, confirm: true },
      };
    case "nps":
      return {
        ...base,
        kind: "survey",
        questions: [
          {
            key: "score",
            kind: "nps",
            label: t("forms.preset.nps"),
            required: true,
            counted: true,
          },
          why,
        ],
      };
    case "csat":
      return {
        ...base,
        kind: "survey",
        questions: [
          {
            key: "score",
            kind: "csat",
            label: t("forms.preset.csat"),
            required: true,
            counted: true,
          },
          why,
        ],
      };
    case "free":
      return {
        ...base,
        kind: "survey",
        questions: [{ ...body, key: "voice", label: t("forms.preset.voice"), required: true }],
      };
  }
}

/** Which of the presets a form is like: what it is called in lists. */
export function presetLike(definition: FormDefinition): Preset {
  if (definition.kind !== "survey") return definition.kind as Preset;
  if (definition.questions.some((one) => one.kind === "nps")) return "nps";
  return definition.questions.some((one) => one.kind === "csat") ? "csat" : "free";
}
