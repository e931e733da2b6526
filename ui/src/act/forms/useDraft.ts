import { useEffect, useState } from "react";
import { ApiError } from "../../api/client.ts";
import { type Form, type FormDefinition, useSaveForm } from "../../api/useForms.ts";
import { cleaned, problemsOf, same, unnamed } from "./draft.ts";

const EMPTY: FormDefinition = { kind: "inquiry", title: "", questions: [] };

/** A form as it is being edited, beside the one that is kept. */
export interface Draft {
  name: string;
  definition: FormDefinition;
  rename: (name: string) => void;
  change: (next: FormDefinition) => void;
  dirty: boolean;
  undo: () => void;
  save: () => Promise<Form>;
  saving: boolean;
  /** What is wrong, by the place: "questions.0.label". */
  problems: Record<string, string>;
  /** How much of it keeps the form from being saved. */
  wrong: number;
  /** What went wrong with saving and belongs to no place. */
  failed: string | null;
  /** Somebody else saved first. */
  late: boolean;
}

export function useDraft(ws: string, form: Form): Draft {
  const save = useSaveForm(ws, form.id);
  const [base, setBase] = useState(form);
  const [name, setName] = useState(form.name);
  const [definition, setDefinition] = useState(form.definition ?? EMPTY);
  const dirty = name !== base.name || !same(definition, base.definition ?? EMPTY);
  function adopt(next: Form) {
    setBase(next);
    setName(next.name);
    setDefinition(next.definition ?? EMPTY);
  }
  // What somebody else saved is shown as long as nothing of one's own would be lost.
  const stale = form.version !== base.version && !dirty;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a newer version is taken in
  useEffect(() => {
    if (stale && form.version > base.version) adopt(form);
  }, [stale, form.version]);
  const wrong = problemsOf(save.error);
  // What keeps the kept form from being opened stands at its words until they are changed.
  const problems = { ...unnamed(base, definition), ...wrong };
  const told = save.error instanceof ApiError ? save.error.message : null;
  function undo() {
    adopt(base);
    save.reset();
  }
  return {
    name,
    definition,
    rename: setName,
    change: setDefinition,
    dirty,
    undo,
    saving: save.isPending,
    problems,
    wrong: Object.keys(wrong).length,
    failed: save.error && Object.keys(wrong).length === 0 ? (told ?? "") : null,
    late: save.error instanceof ApiError && save.error.status === 409,
    save: async () => {
      const saved = await save.mutateAsync({
        name: name.trim(),
        definition: cleaned(definition),
        base_version: base.version,
      });
      adopt(saved);
      return saved;
    },
  };
}
