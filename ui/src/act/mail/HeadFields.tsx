import type { MailBody, MailSender } from "../../api/useMail.ts";
import { useConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import type { Faults } from "./blocks.ts";
import styles from "./mail.module.css";
import { Writing } from "./Writing.tsx";

interface HeadFieldsProps {
  ws: string;
  body: MailBody;
  senders: MailSender[];
  faults: Faults;
  onChange: (part: Partial<MailBody>) => void;
}

/** What is not a block: who sends, what about, what the inbox shows. */
export function HeadFields({ ws, body, senders, faults, onChange }: HeadFieldsProps) {
  const { t } = useLanguage();
  const topics = useConditionChoices(ws).data?.topics ?? [];
  return (
    <Card className={styles.form}>
      <div className={styles.pair}>
        <Field
          label={t("mail.template.name")}
          hint={t("mail.template.name.hint")}
          value={body.name}
          maxLength={100}
          onChange={(e) => onChange({ name: e.target.value })}
        />
        <Select
          label={t("mail.template.sender")}
          value={body.sender}
          error={faults.sender?.message}
          options={[
            ...(body.sender ? [] : [{ value: "", label: t("mail.template.sender.none") }]),
            ...senders.map((one) => ({
              value: one.id,
              label: `${one.name} (${t(`mail.stream.${one.settings.stream}`)})`,
            })),
          ]}
          onChange={(e) => {
            const chosen = senders.find((one) => one.id === e.target.value);
            onChange({
              sender: e.target.value,
              ...(chosen ? { stream: chosen.settings.stream } : {}),
            });
          }}
        />
      </div>
      <Writing
        ws={ws}
        label={t("mail.subject")}
        value={body.subject}
        fault={faults.subject}
        onChange={(subject) => onChange({ subject })}
      />
      <Writing
        ws={ws}
        label={t("mail.preheader")}
        hint={t("mail.preheader.hint")}
        optional
        value={body.preheader ?? ""}
        fault={faults.preheader}
        onChange={(preheader) => onChange({ preheader })}
      />
      <div className={styles.pair}>
        <div>
          <Field
            label={t("mail.topic")}
            hint={t("mail.topic.hint")}
            optional
            list="mail-topics"
            value={body.topic ?? ""}
            maxLength={80}
            onChange={(e) => onChange({ topic: e.target.value })}
          />
          <datalist id="mail-topics">
            {topics.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </div>
        <Select
          label={t("mail.lang")}
          value={body.lang}
          options={[
            { value: "ja", label: t("mail.lang.ja") },
            { value: "en", label: t("mail.lang.en") },
          ]}
          onChange={(e) => onChange({ lang: e.target.value as MailBody["lang"] })}
        />
      </div>
      <div className={styles.buttons}>
        <label className={styles.check}>
          <input
            type="color"
            value={body.accent || "#1f6feb"}
            onChange={(e) => onChange({ accent: e.target.value })}
          />
          {t("mail.accent")}
        </label>
        {body.stream === "marketing" && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={body.promotion ?? false}
              onChange={(e) => onChange({ promotion: e.target.checked })}
            />
            {t("mail.promotion")}
          </label>
        )}
      </div>
    </Card>
  );
}
