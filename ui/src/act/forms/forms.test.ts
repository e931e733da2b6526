import { expect, it } from "vitest";
import { ApiError } from "../../api/client.ts";
import type { Form, FormDefinition } from "../../api/useForms.ts";
import { ja } from "../../i18n/ja/index.ts";
import type { Translate } from "../../i18n/translate.ts";
import {
  cleaned,
  moved,
  newKey,
  ofKind,
  optionsOf,
  problemsOf,
  same,
  siteOf,
  unnamed,
} from "./draft.ts";
import { monthsOf } from "./months.ts";
import { PRESETS, presetLike, presetOf } from "./presets.ts";
import { scoreWords } from "./scoreWords.ts";
import { withOtherQuestion } from "./wording.ts";

it("moves a question, and leaves the order where there is no such place", () => {
  const list = ["a", "b", "c"];
  expect(moved(list, 0, 2)).toEqual(["b", "c", "a"]);
  expect(moved(list, 2, 1)).toEqual(["a", "c", "b"]);
  expect(moved(list, 0, -1)).toBe(list);
  expect(moved(list, 2, 3)).toBe(list);
});

it("gives every question a key nobody else has", () => {
  const q = (key: string) => ({ key, kind: "line", label: "x" });
  expect(newKey([])).toBe("q1");
  expect(newKey([q("q1"), q("q3")])).toBe("q2");
});

it("leaves out what does not fit another kind of answer", () => {
  const mail = { key: "m", kind: "email", label: "x", to: "address", required: true };
  expect(ofKind(mail, "line", [])).toEqual({ key: "m", kind: "line", label: "x", required: true });
  expect(ofKind(mail, "one", ["a", "b"])).toMatchObject({ options: ["a", "b"], counted: true });
  expect(ofKind({ ...mail, to: "name" }, "nps", [])).not.toHaveProperty("to");
});

it.each([
  ["https://www.example.jp/contact?x=1", "www.example.jp"],
  [" WWW.Example.jp ", "www.example.jp"],
  ["*.example.jp", "*.example.jp"],
  ["localhost:3000", "localhost:3000"],
])("%s is the site %s", (text, site) => expect(siteOf(text)).toBe(site));

it("takes an option a line, each once", () => {
  expect(optionsOf(" a\n\nb\na\n")).toEqual(["a", "b"]);
});

it("does not call empty and absent a change", () => {
  const kept = { kind: "inquiry", title: "x", questions: [], sites: null };
  expect(same(kept, { ...kept, lead: "", sites: [], consent: null })).toBe(true);
  expect(same(kept, { ...kept, lead: "y" })).toBe(false);
  expect(cleaned({ kind: "inquiry", title: "x", questions: [], lead: "", consent: null })).toEqual({
    kind: "inquiry",
    title: "x",
    questions: [],
  });
});

it("finds the place of what is wrong", () => {
  const error = new ApiError(422, {
    errors: [
      { location: "questions.0.label", message: "a" },
      { location: "consent.text:0:0", message: "b" },
    ],
  });
  expect(problemsOf(error)).toEqual({ "questions.0.label": "a", "consent.text": "b" });
});

it("begins every kind with a form that is like it", () => {
  const t = ((key: keyof typeof ja) => ja[key]) as Translate;
  for (const preset of PRESETS) {
    const made = presetOf({ preset, lang: "ja", document: "https://x/y.pdf", team: "x" }, t);
    expect(presetLike(made)).toBe(preset);
    expect(new Set(made.questions.map((one) => one.key)).size).toBe(made.questions.length);
  }
});

it("writes a score with its sign", () => {
  expect(scoreWords("nps", -12.4)).toBe("−12");
  expect(scoreWords("nps", 0.2)).toBe("±0");
  expect(scoreWords("nps", 40)).toBe("+40");
  expect(scoreWords("csat", 61.2)).toBe("61%");
});

it("draws a month with too few answers as a range without a score", () => {
  const score = (value: number | null, interval: [number, number], answers: number) => ({
    value,
    interval,
    answers,
    good: 0,
    middle: 0,
    poor: 0,
    sentence: "",
  });
  const shape = monthsOf(
    [
      { month: "2026-09", score: score(20, [-10, 50], 40) },
      { month: "2026-10", score: score(null, [-90, 90], 2) },
      { month: "2026-11", score: score(30, [0, 60], 40) },
    ],
    "nps",
    400,
    160,
  );
  expect(shape.points.map((one) => one.y !== null)).toEqual([true, false, true]);
  expect(shape.line).toMatch(/^M[\d. ]+M[\d. ]+$/);
  expect(shape.points.at(-1)?.named).toBe(true);
});

it("sends words of the other language for what is asked, and nothing else", () => {
  const form: FormDefinition = {
    kind: "inquiry",
    title: "お問い合わせ",
    questions: [
      { key: "name", kind: "line", label: "お名前" },
      { key: "size", kind: "one", label: "人数", options: ["1", "2"] },
    ],
    consent: { text: "案内のメール" },
    other: { title: "Contact us", lead: "", questions: {}, consent: { text: "", mail: "" } },
  };
  let next = withOtherQuestion(form, "name", { label: "Name", hint: "" });
  next = withOtherQuestion(next, "gone", { label: "?" });
  next = withOtherQuestion(next, "size", { options: { "1": "one", "3": "three" } });
  expect(cleaned(next).other).toEqual({
    title: "Contact us",
    questions: { name: { label: "Name" }, size: { label: "", options: { "1": "one" } } },
    consent: { text: "" },
  });
  expect(cleaned({ ...next, other: null }).other).toBeUndefined();
});

it("tells that words of consent name nobody until they are changed", () => {
  const definition: FormDefinition = {
    kind: "inquiry",
    title: "x",
    questions: [],
    consent: { text: "案内" },
  };
  const kept = { definition, unnamed: { "consent.text": "だれから" } } as unknown as Form;
  expect(unnamed(kept, definition)).toEqual({ "consent.text": "だれから" });
  expect(unnamed(kept, { ...definition, title: "y" })).toEqual({ "consent.text": "だれから" });
  expect(unnamed(kept, { ...definition, consent: { text: "くらげの案内" } })).toEqual({});
  expect(unnamed({ ...kept, unnamed: undefined } as unknown as Form, definition)).toEqual({});
});
