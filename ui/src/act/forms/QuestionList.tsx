import { type DragEvent, type KeyboardEvent, useState } from "react";
import type { FormQuestion } from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { moved, newKey, type QuestionKind } from "./draft.ts";
import styles from "./forms.module.css";
import { QuestionFields } from "./QuestionFields.tsx";
import type { Draft } from "./useDraft.ts";

/** The questions in their order; dragged by the handle, or moved by the arrow keys on it. */
export function QuestionList({ draft }: { draft: Draft }) {
  const { t } = useLanguage();
  const say = useToast();
  const { questions } = draft.definition;
  const [open, setOpen] = useState<string | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [told, setTold] = useState("");
  const set = (next: FormQuestion[]) => draft.change({ ...draft.definition, questions: next });

  function move(from: number, to: number) {
    const one = questions[from];
    const next = moved(questions, from, to);
    if (!one || next === questions) return;
    set(next);
    setTold(t("forms.q.moved", { label: one.label, place: to + 1 }));
  }
  function walk(event: KeyboardEvent, at: number) {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!step) return;
    event.preventDefault();
    move(at, at + step);
  }
  function over(event: DragEvent, at: number) {
    if (dragged === null) return;
    event.preventDefault();
    if (dragged === at) return;
    move(dragged, at);
    setDragged(at);
  }
  function add() {
    const key = newKey(questions);
    set([...questions, { key, kind: "line", label: t("forms.preset.question") }]);
    setOpen(key);
  }
  function drop(at: number) {
    const one = questions[at];
    if (!one) return;
    set(questions.filter((_, i) => i !== at));
    say({
      text: t("forms.q.dropped", { label: one.label }),
      action: {
        label: t("forms.q.back"),
        run: () => set(questions),
      },
    });
  }
  return (
    <Card className={styles.part}>
      <div className={styles.partHead}>
        <h2>{t("forms.edit.questions")}</h2>
        <p className="quiet">{t("forms.edit.questions.line")}</p>
      </div>
      <ol className={styles.questions}>
        {questions.map((one, at) => {
          const wrong = Object.keys(draft.problems).some((place) =>
            place.startsWith(`questions.${at}.`),
          );
          return (
            <li
              key={one.key}
              className={classes(
                styles.question,
                dragged === at && styles.dragged,
                wrong && styles.wrong,
              )}
              onDragOver={(event) => over(event, at)}
              onDrop={(event) => event.preventDefault()}
            >
              <div className={styles.questionHead}>
                <button
                  type="button"
                  className={styles.handle}
                  aria-label={t("forms.q.move", { label: one.label })}
                  title={t("forms.q.move", { label: one.label })}
                  draggable
                  onDragStart={(event) => {
                    event.dataTransfer.effectAllowed = "move";
                    event.dataTransfer.setData("text/plain", one.label);
                    setDragged(at);
                  }}
                  onDragEnd={() => setDragged(null)}
                  onKeyDown={(event) => walk(event, at)}
                >
                  <span className={styles.grip} aria-hidden="true" />
                </button>
                <button
                  type="button"
                  className={styles.questionName}
                  aria-expanded={open === one.key}
                  onClick={() => setOpen(open === one.key ? null : one.key)}
                >
                  <b>{one.label}</b>
                  <span className="quiet">{t(`forms.kindOf.${one.kind as QuestionKind}`)}</span>
                  {one.required && <span className={styles.must}>{t("forms.q.required.tag")}</span>}
                  <Icon name={open === one.key ? "up" : "down"} size={12} />
                </button>
                <IconButton
                  icon="trash"
                  bare
                  label={t("forms.q.drop", { label: one.label })}
                  onClick={() => drop(at)}
                />
              </div>
              {open === one.key && (
                <QuestionFields
                  question={one}
                  at={at}
                  draft={draft}
                  onChange={(next) => set(questions.map((old, i) => (i === at ? next : old)))}
                />
              )}
            </li>
          );
        })}
      </ol>
      <output className="sr">{told}</output>
      <div>
        <Button icon="plus" onClick={add} disabled={questions.length >= 40}>
          {t("forms.q.add")}
        </Button>
      </div>
    </Card>
  );
}
