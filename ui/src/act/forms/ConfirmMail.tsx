import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Field, TextField } from "../../kit/Field.tsx";

interface ConfirmMailProps {
  words: { subject?: string | undefined; mail?: string | undefined };
  /** What the subject is in the form's own language, over which it is translated. */
  own?: string | undefined;
  errors: { subject: string | undefined; mail: string | undefined };
  onChange: (change: { subject?: string; mail?: string }) => void;
}

/** What the mail says that asks once more. */
export function ConfirmMail({ words, own, errors, onChange }: ConfirmMailProps) {
  const { t } = useLanguage();
  return (
    <>
      <Field
        label={t("forms.consent.subject")}
        optional
        {...(own === undefined ? {} : { hint: own })}
        value={words.subject ?? ""}
        maxLength={200}
        error={errors.subject}
        onChange={(event) => onChange({ subject: event.target.value })}
      />
      <TextField
        label={t("forms.consent.mail")}
        optional
        hint={t("forms.consent.mail.hint")}
        rows={4}
        value={words.mail ?? ""}
        error={errors.mail}
        onChange={(event) => onChange({ mail: event.target.value })}
      />
    </>
  );
}
