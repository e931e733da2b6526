import { useState } from "react";
import { ApiError } from "../../api/client.ts";
import { useEditModel, useModel } from "../../api/useModel.ts";
import { useSources } from "../../api/useSources.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Field } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { freeId } from "../counted/count.ts";
import { entriesOf, type Question } from "./days.ts";
import styles from "./entry.module.css";

let made = 0;
const blank = (owner = ""): Question => {
  made += 1;
  return { key: made, name: "", owner, unit: "" };
};

interface NewFormProps {
  ws: string;
  /** There is no form yet: the page explains itself. */
  first: boolean;
  onDone: () => void;
}

/** Writes down what people will be asked every day; it becomes a source of the model. */
export function NewForm({ ws, first, onDone }: NewFormProps) {
  const { t } = useLanguage();
  const say = useToast();
  const model = useModel(ws);
  const sources = useSources(ws);
  const edit = useEditModel(ws);
  const [questions, setQuestions] = useState<Question[]>(() => [blank(), blank()]);
  const put = (key: number, change: Partial<Question>) =>
    setQuestions(questions.map((one) => (one.key === key ? { ...one, ...change } : one)));
  const entry = entriesOf(questions);
  const ready = Object.keys(entry).length > 0 && model.data && sources.data;

  function save() {
    if (!model.data || !sources.data) return;
    const id = freeId(
      "field",
      sources.data.sources.map((one) => one.id),
    );
    edit.mutate(
      {
        baseVersion: model.data.version,
        edits: [{ op: "set_source", id, source: { csv: "", date: "", metrics: {}, entry } }],
        note: t("entry.new.note"),
      },
      {
        onSuccess: (reply) => {
          if (!reply.ok) return;
          say({ text: t("entry.new.done") });
          onDone();
        },
      },
    );
  }
  const problem = edit.error
    ? edit.error instanceof ApiError
      ? edit.error.message
      : t("kit.failed.offline")
    : edit.data && !edit.data.ok
      ? (edit.data.problems[0]?.message ?? t("kit.failed"))
      : null;
  return (
    <div className={styles.page}>
      <div>
        <h2>{t(first ? "entry.empty" : "entry.new")}</h2>
        <p className="quiet">{t("entry.empty.line")}</p>
      </div>
      <Card>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <ol className={styles.questions}>
            {questions.map((one, i) => (
              <li key={one.key}>
                <Field
                  label={t("entry.new.name")}
                  placeholder={t(i === 0 ? "entry.new.example" : "entry.new.example.2")}
                  value={one.name}
                  maxLength={80}
                  onChange={(event) => put(one.key, { name: event.target.value })}
                />
                <Field
                  label={t("entry.new.unit")}
                  placeholder={t("entry.new.unit.example")}
                  value={one.unit}
                  maxLength={20}
                  onChange={(event) => put(one.key, { unit: event.target.value })}
                />
                <Field
                  label={t("entry.new.owner")}
                  optional
                  value={one.owner}
                  maxLength={80}
                  onChange={(event) => put(one.key, { owner: event.target.value })}
                />
                <IconButton
                  icon="trash"
                  bare
                  label={t("entry.new.remove", { n: i + 1 })}
                  disabled={questions.length === 1}
                  onClick={() => setQuestions(questions.filter((each) => each.key !== one.key))}
                />
              </li>
            ))}
          </ol>
          {problem && <Notice kind="bad">{problem}</Notice>}
          <div className={styles.actions}>
            <Button
              small
              icon="plus"
              disabled={questions.length >= 20}
              onClick={() => setQuestions([...questions, blank(questions.at(-1)?.owner)])}
            >
              {t("entry.new.add")}
            </Button>
            <span className={styles.space} />
            {!first && <Button onClick={onDone}>{t("kit.cancel")}</Button>}
            <Button kind="primary" type="submit" disabled={!ready || edit.isPending}>
              {t("entry.new.do")}
            </Button>
          </div>
        </form>
      </Card>
    </div>
  );
}
