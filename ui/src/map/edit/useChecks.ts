import { useMemo } from "react";
import { ApiError } from "../../api/client.ts";
import type { Edit, MapReply } from "../../api/types.ts";
import { useDryRun } from "../../api/useDryRun.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { isId } from "../../i18n/proposeId.ts";
import { useSettled } from "../../kit/useSettled.ts";
import { editsOf, type IndicatorForm } from "./indicatorForm.ts";
import { type ProblemField, placeProblem } from "./problemPlace.ts";

const WORDS: ProblemField[] = ["name", "definition", "unit", "owner", "role"];

interface Ground {
  ws: string;
  base: { map: MapReply; version: number };
  /** As it is saved; null for a new indicator. */
  before: IndicatorForm | null;
  form: IndicatorForm;
  taken: string[];
}

/** What the server and the form itself say about what is typed, sorted by tab and field. */
export function useChecks({ ws, base, before, form, taken }: Ground) {
  const { t } = useLanguage();
  const { edits, gaps } = editsOf(before, form, base.map);
  const nameMissing = form.name.trim() === "";
  const idProblem = before
    ? null
    : !isId(form.id)
      ? ("edit.id.bad" as const)
      : taken.includes(form.id)
        ? ("edit.id.taken" as const)
        : null;
  const sendable = before !== null || (!nameMissing && !idProblem);
  const wish = JSON.stringify(sendable ? edits : []);
  const settledWish = useSettled(wish);
  const settled = useMemo<Edit[]>(() => JSON.parse(settledWish), [settledWish]);
  const run = useDryRun(ws, base.version, settled);
  const reply = settled.length > 0 ? run.data : undefined;
  const problems = (reply?.problems ?? []).map((one) => placeProblem(reply?.yaml ?? "", one));
  const placed = (field: ProblemField) => problems.find((one) => one.field === field);
  const count = (fields: ProblemField[]) =>
    problems.filter((one) => fields.includes(one.field)).length;
  const error = settled.length > 0 ? run.error : null;
  const conflict = error instanceof ApiError && error.status === 409;
  const counts = {
    words: count(WORDS),
    number: count(["formula", "measure"]),
    target: count(["target"]),
    links: count(["links"]),
  };
  return {
    edits,
    gaps,
    placed,
    counts,
    conflict,
    /** What keeps each tab from being saved. */
    blocking: {
      words: nameMissing || idProblem !== null,
      number: false,
      target: gaps.length > 0,
      links: false,
    },
    wordProblem: (
      field: "name" | "id" | "definition" | "unit" | "owner" | "role",
      tried: boolean,
    ) => {
      if (field === "name" && nameMissing && tried) return t("edit.name.missing");
      if (field === "id") return idProblem && (tried || form.id !== "") ? t(idProblem) : undefined;
      return placed(field)?.message;
    },
    others: [
      ...problems.filter((one) => one.field === "other").map((one) => one.message),
      ...(error instanceof ApiError && !conflict
        ? (error.problem.errors ?? []).map((one) => one.message ?? "").filter(Boolean)
        : []),
    ],
    lapses: reply?.ok ? reply.lapses : null,
    smart: reply && reply.smart.length > 0 ? reply.smart : base.map.smart,
    findings: (reply?.ok ? reply.findings : base.map.findings).filter(
      (one) => one.indicator === form.id && form.id !== "",
    ),
    checking: run.isFetching,
    failed: error !== null && !conflict,
    /** Checked as it stands, and nothing is wrong. */
    fine: reply?.ok === true && !run.isFetching && settledWish === wish,
  };
}
