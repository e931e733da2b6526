import { useConfirmSenders } from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Field, Select, TextField } from "../../kit/Field.tsx";
import { Check } from "./Check.tsx";
import { ConfirmMail } from "./ConfirmMail.tsx";
import { withConsent } from "./draft.ts";
import styles from "./forms.module.css";
import type { Draft } from "./useDraft.ts";

/** Whether mail may be sent, and under which words that was agreed to. */
export function ConsentPart({ ws, draft }: { ws: string; draft: Draft }) {
  const { t } = useLanguage();
  const { definition: d, problems } = draft;
  const consent = d.consent ?? null;
  const newsletter = d.kind === "newsletter";
  const senders = useConfirmSenders(ws, consent?.confirm === true);
  const set = (change: Parameters<typeof withConsent>[1]) => draft.change(withConsent(d, change));
  return (
    <Card className={styles.part}>
      <h2>{t("forms.edit.consent")}</h2>
      {!newsletter && (
        <Check
          label={t("forms.consent.ask")}
          hint={t("forms.consent.ask.hint")}
          on={consent !== null}
          onChange={(on) => {
            if (on) set({});
            else draft.change({ ...d, consent: null });
          }}
        />
      )}
      {problems.consent && (
        <p className="bad" role="alert">
          {problems.consent}
        </p>
      )}
      {(consent || newsletter) && (
        <>
          <TextField
            label={t("forms.consent.text")}
            {...(newsletter ? { hint: t("forms.consent.ask.hint") } : {})}
            rows={2}
            value={consent?.text ?? ""}
            error={problems["consent.text"]}
            onChange={(event) => set({ text: event.target.value })}
          />
          <Field
            label={t("forms.consent.topic")}
            optional
            hint={t("forms.consent.topic.hint")}
            value={consent?.topic ?? ""}
            maxLength={80}
            error={problems["consent.topic"]}
            onChange={(event) => set({ topic: event.target.value })}
          />
          {newsletter && (
            <Check
              label={t("forms.consent.required")}
              on={consent?.required ?? false}
              onChange={(required) => set({ required })}
            />
          )}
          <Check
            label={t("forms.consent.confirm")}
            hint={t("forms.consent.confirm.hint")}
            on={consent?.confirm ?? false}
            onChange={(confirm) => set({ confirm })}
          />
        </>
      )}
      {consent?.confirm && (
        <div className={styles.inner}>
          <Select
            label={t("forms.consent.sender")}
            value={consent.sender ?? ""}
            error={problems["consent.sender"]}
            options={[
              { value: "", label: t("forms.consent.sender.only") },
              ...(senders.data ?? []).map((one) => ({ value: one.id, label: one.name })),
            ]}
            onChange={(event) => set({ sender: event.target.value })}
          />
          <ConfirmMail
            words={consent}
            errors={{ subject: problems["consent.subject"], mail: problems["consent.mail"] }}
            onChange={set}
          />
        </div>
      )}
    </Card>
  );
}
