import { Link } from "@tanstack/react-router";
import { useTemplateNames } from "../../api/useAutomations.ts";
import { useMailOutcomes } from "../../api/useMail.ts";
import { useConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Select } from "../../kit/Field.tsx";
import { type Second, SecondWording } from "../mail/SecondWording.tsx";
import styles from "./automations.module.css";
import type { Definition, MailStep, Step } from "./definition.ts";

interface MailFormProps {
  ws: string;
  step: Step;
  definition: Definition;
  onChange: (next: Step) => void;
}

/** Which mail a step sends, for which topic, and whether two wordings are tried. */
export function MailForm({ ws, step, definition, onChange }: MailFormProps) {
  const { t } = useLanguage();
  const templates = useTemplateNames(ws);
  const choices = useConditionChoices(ws);
  const mail = step.mail ?? { template: "" };
  const outcomes = useMailOutcomes(ws, mail.trying !== undefined);
  const change = (next: MailStep) => onChange({ ...step, mail: next });
  const stream = definition.stream ?? "marketing";
  const list = (templates.data ?? []).filter(
    (one) => one.stream === stream || one.id === mail.template,
  );
  const chosen = list.find((one) => one.id === mail.template);
  // A and B are of one kind: the server refuses others, so they are not offered.
  const others = list.filter(
    (one) =>
      one.id === mail.trying?.template ||
      (chosen && one.id !== chosen.id && one.stream === stream && one.topic === chosen.topic),
  );
  const topics = choices.data?.topics ?? [];
  return (
    <>
      <Select
        label={mail.trying ? t("mail.cast.a") : t("automations.form.template")}
        value={chosen ? chosen.id : ""}
        options={[
          { value: "", label: t("automations.form.template.pick") },
          ...list.map((one) => ({ value: one.id, label: one.name })),
        ]}
        onChange={(event) => {
          const { trying: _, ...rest } = mail;
          change({ ...rest, template: event.target.value });
        }}
        {...(templates.data && list.length === 0
          ? { hint: t("automations.form.template.none") }
          : {})}
      />
      {(others.length > 0 || mail.trying) && (
        <SecondWording
          label={t("automations.form.trying")}
          hint={t("automations.form.trying.hint")}
          value={secondOf(mail, definition.kpi)}
          others={others}
          outcomes={outcomes.data?.filter((one) => one.id === definition.kpi)}
          none={t("automations.form.trying.kpi")}
          onChange={(second) => change(withSecond(mail, second))}
        />
      )}
      <p className={styles.note}>
        <Link to="/w/$ws/act/mail" params={{ ws }}>
          {t("automations.form.template.make")}
        </Link>
      </p>
      {topics.length > 0 && stream === "marketing" && (
        <Select
          label={t("automations.form.topic")}
          hint={t("automations.form.topic.hint")}
          optional
          value={mail.topic ?? ""}
          options={[
            { value: "", label: t("automations.settings.none") },
            ...topics.map((topic) => ({ value: topic, label: topic })),
          ]}
          onChange={(event) => {
            const { topic: _, ...rest } = mail;
            const topic = event.target.value;
            change(topic ? { ...rest, topic } : rest);
          }}
        />
      )}
    </>
  );
}

/** The second wording as its form wants it. */
function secondOf(mail: MailStep, kpi: string): Second | null {
  if (!mail.trying) return null;
  const { template, share, by = "clicks" } = mail.trying;
  return { template, share: Math.round((share || 0.5) * 100), by, kpi: by === "kpi" ? kpi : "" };
}

/** A mail with another second wording, or with none. What is usual is not written. */
export function withSecond(mail: MailStep, second: Second | null): MailStep {
  const { trying: _, ...rest } = mail;
  if (!second) return rest;
  const { template, share, by } = second;
  return {
    ...rest,
    trying: {
      template,
      ...(share === 50 ? {} : { share: share / 100 }),
      ...(by === "clicks" ? {} : { by }),
    },
  };
}
