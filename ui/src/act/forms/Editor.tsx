import { useState } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Field, TextField } from "../../kit/Field.tsx";
import { ConsentPart } from "./ConsentPart.tsx";
import { DocumentPart } from "./DocumentPart.tsx";
import { isDocument } from "./draft.ts";
import styles from "./forms.module.css";
import { Languages } from "./Languages.tsx";
import { Preview } from "./Preview.tsx";
import { QuestionList } from "./QuestionList.tsx";
import { Translation } from "./Translation.tsx";
import type { Draft } from "./useDraft.ts";
import { langOf, otherLang } from "./wording.ts";

interface EditorProps {
  ws: string;
  id: string;
  draft: Draft;
  may: boolean;
}

/** What a form says and asks, with what visitors will see beside it. */
export function Editor({ ws, id, draft, may }: EditorProps) {
  const [turned, setTurned] = useState(false);
  const { definition: d } = draft;
  const other = turned && d.other != null;
  return (
    <div className={styles.editor}>
      <fieldset className={styles.fields} disabled={!may}>
        <Languages draft={draft} other={other} onTurn={setTurned} />
        {other ? <Translation draft={draft} /> : <Own ws={ws} id={id} draft={draft} />}
      </fieldset>
      <Preview ws={ws} definition={d} read={other ? otherLang(d) : langOf(d)} />
    </div>
  );
}

/** The form in its own language. */
function Own({ ws, id, draft }: Omit<EditorProps, "may">) {
  const { t } = useLanguage();
  const { definition: d, problems } = draft;
  const set = (change: Partial<typeof d>) => draft.change({ ...d, ...change });
  return (
    <>
      <Card className={styles.part}>
        <h2>{t("forms.edit.words")}</h2>
        <Field
          label={t("forms.edit.title")}
          value={d.title}
          maxLength={200}
          error={problems.title}
          onChange={(event) => set({ title: event.target.value })}
        />
        <TextField
          label={t("forms.edit.lead")}
          optional
          rows={2}
          value={d.lead ?? ""}
          error={problems.lead}
          onChange={(event) => set({ lead: event.target.value })}
        />
        <Field
          label={t("forms.edit.button")}
          optional
          hint={t("forms.edit.button.hint")}
          value={d.button ?? ""}
          maxLength={200}
          error={problems.button}
          onChange={(event) => set({ button: event.target.value })}
        />
        <Field
          label={t("forms.edit.name")}
          value={draft.name}
          maxLength={120}
          error={problems["body.name"]}
          onChange={(event) => draft.rename(event.target.value)}
        />
      </Card>
      <QuestionList draft={draft} />
      {problems.questions && (
        <p className="bad" role="alert">
          {problems.questions}
        </p>
      )}
      <ConsentPart ws={ws} draft={draft} />
      <Card className={styles.part}>
        <h2>{t("forms.edit.after")}</h2>
        <TextField
          label={t("forms.after.thanks")}
          optional
          rows={2}
          value={d.thanks ?? ""}
          error={problems.thanks}
          onChange={(event) => set({ thanks: event.target.value })}
        />
        {isDocument(d) ? (
          <DocumentPart ws={ws} id={id} draft={draft} />
        ) : (
          <Field
            label={t("forms.after.next")}
            optional
            hint={t("forms.after.next.hint")}
            inputMode="url"
            placeholder="https://"
            value={d.next ?? ""}
            error={problems.next}
            onChange={(event) => set({ next: event.target.value.trim() })}
          />
        )}
        <Field
          label={t("forms.after.policy")}
          optional
          inputMode="url"
          placeholder="https://"
          value={d.policy ?? ""}
          error={problems.policy}
          onChange={(event) => set({ policy: event.target.value.trim() })}
        />
      </Card>
    </>
  );
}
