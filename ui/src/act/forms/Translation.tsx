import type { FormQuestion } from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Field, TextField } from "../../kit/Field.tsx";
import { ConfirmMail } from "./ConfirmMail.tsx";
import styles from "./forms.module.css";
import type { Draft } from "./useDraft.ts";
import { otherOf, withOther, withOtherQuestion } from "./wording.ts";

/** The form's words in its other language, each over what it says in the first. */
export function Translation({ draft }: { draft: Draft }) {
  const { t } = useLanguage();
  const { definition: d, problems } = draft;
  const o = otherOf(d);
  const set = (change: Partial<typeof o>) => draft.change(withOther(d, change));
  return (
    <>
      <Card className={styles.part}>
        <h2>{t("forms.edit.words")}</h2>
        <Field
          label={t("forms.edit.title")}
          hint={d.title}
          value={o.title}
          maxLength={200}
          error={problems["other.title"]}
          onChange={(event) => set({ title: event.target.value })}
        />
        {(d.lead || o.lead) && (
          <TextField
            label={t("forms.edit.lead")}
            optional
            hint={d.lead ?? ""}
            rows={2}
            value={o.lead ?? ""}
            error={problems["other.lead"]}
            onChange={(event) => set({ lead: event.target.value })}
          />
        )}
        <Field
          label={t("forms.edit.button")}
          optional
          hint={d.button || t("forms.edit.button.hint")}
          value={o.button ?? ""}
          maxLength={200}
          error={problems["other.button"]}
          onChange={(event) => set({ button: event.target.value })}
        />
      </Card>
      <Card className={styles.part}>
        <h2>{t("forms.edit.questions")}</h2>
        {d.questions.map((one) => (
          <Asked key={one.key} draft={draft} question={one} />
        ))}
      </Card>
      {d.consent && <Agreed draft={draft} />}
      <Card className={styles.part}>
        <h2>{t("forms.edit.after")}</h2>
        <TextField
          label={t("forms.after.thanks")}
          optional
          hint={d.thanks ?? ""}
          rows={2}
          value={o.thanks ?? ""}
          error={problems["other.thanks"]}
          onChange={(event) => set({ thanks: event.target.value })}
        />
        {(["next", "policy"] as const).map((name) => (
          <Field
            key={name}
            label={t(name === "next" ? "forms.langs.next" : "forms.after.policy")}
            optional
            hint={t("forms.langs.same")}
            inputMode="url"
            placeholder="https://"
            value={o[name] ?? ""}
            error={problems[`other.${name}`]}
            onChange={(event) => set({ [name]: event.target.value.trim() })}
          />
        ))}
      </Card>
    </>
  );
}

/** One question, with its options. */
function Asked({ draft, question: one }: { draft: Draft; question: FormQuestion }) {
  const { t } = useLanguage();
  const { definition: d, problems } = draft;
  const words = otherOf(d).questions?.[one.key];
  const place = `other.questions.${one.key}`;
  const change = (next: Parameters<typeof withOtherQuestion>[2]) =>
    draft.change(withOtherQuestion(d, one.key, next));
  return (
    <div className={styles.translated}>
      <Field
        label={one.label}
        value={words?.label ?? ""}
        maxLength={200}
        error={problems[`${place}.label`]}
        onChange={(event) => change({ label: event.target.value })}
      />
      {(one.hint || words?.hint) && (
        <Field
          label={t("forms.q.hint")}
          optional
          hint={one.hint ?? ""}
          value={words?.hint ?? ""}
          maxLength={200}
          error={problems[`${place}.hint`]}
          onChange={(event) => change({ hint: event.target.value })}
        />
      )}
      {(one.options ?? []).length > 0 && (
        <div className={styles.two}>
          {(one.options ?? []).map((option, at) => (
            <Field
              key={option}
              label={t("forms.langs.option", { option })}
              value={words?.options?.[option] ?? ""}
              maxLength={200}
              error={problems[`${place}.options.${at}`]}
              onChange={(event) =>
                change({ options: { ...words?.options, [option]: event.target.value } })
              }
            />
          ))}
        </div>
      )}
    </div>
  );
}

/** The words that are agreed to, and those of the mail that asks once more. */
function Agreed({ draft }: { draft: Draft }) {
  const { t } = useLanguage();
  const { definition: d, problems } = draft;
  const consent = otherOf(d).consent ?? { text: "" };
  const set = (change: Partial<typeof consent>) =>
    draft.change(withOther(d, { consent: { ...consent, ...change } }));
  return (
    <Card className={styles.part}>
      <h2>{t("forms.edit.consent")}</h2>
      <TextField
        label={t("forms.consent.text")}
        hint={d.consent?.text ?? ""}
        rows={2}
        value={consent.text}
        error={problems["other.consent.text"]}
        onChange={(event) => set({ text: event.target.value })}
      />
      {d.consent?.confirm && (
        <ConfirmMail
          words={consent}
          own={d.consent.subject ?? ""}
          errors={{
            subject: problems["other.consent.subject"],
            mail: problems["other.consent.mail"],
          }}
          onChange={set}
        />
      )}
    </Card>
  );
}
