import { Link } from "@tanstack/react-router";
import { useNotices } from "../../api/useNotices.ts";
import { useConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Field, Select, TextField } from "../../kit/Field.tsx";
import { ConditionBuilder } from "../conditions/ConditionBuilder.tsx";
import styles from "./automations.module.css";
import { ChipsField } from "./ChipsField.tsx";
import type { Definition, Step } from "./definition.ts";
import { MailForm } from "./MailForm.tsx";
import { PropertyForm } from "./PropertyForm.tsx";
import panel from "./panel.module.css";
import { conditionProblems } from "./places.ts";
import { WaitForm } from "./WaitForm.tsx";

interface StepFormProps {
  ws: string;
  step: Step;
  definition: Definition;
  /** With their places seen from the step. */
  problems: { place: string; what: string; mend: string }[];
  onChange: (next: Step) => void;
}

/** What one step does, to be changed. */
export function StepForm({ ws, step, definition, problems, onChange }: StepFormProps) {
  const { t } = useLanguage();
  if (step.mail)
    return <MailForm ws={ws} step={step} definition={definition} onChange={onChange} />;
  if (step.notify) return <NotifyForm ws={ws} step={step} onChange={onChange} />;
  if (step.webhook)
    return (
      <Field
        label={t("automations.form.url")}
        hint={t("automations.form.url.hint")}
        type="url"
        placeholder="https://"
        value={step.webhook.url}
        maxLength={2000}
        onChange={(event) => onChange({ ...step, webhook: { url: event.target.value } })}
      />
    );
  if (step.tag) {
    const { add = [], remove = [] } = step.tag;
    return (
      <>
        <ChipsField
          label={t("automations.form.tag.add")}
          hint={t("automations.form.tag.hint")}
          value={add}
          onChange={(next) => onChange({ ...step, tag: { add: next, remove } })}
        />
        <ChipsField
          label={t("automations.form.tag.remove")}
          value={remove}
          onChange={(next) => onChange({ ...step, tag: { add, remove: next } })}
        />
      </>
    );
  }
  if (step.property)
    return (
      <PropertyForm
        ws={ws}
        property={step.property}
        onChange={(property) => onChange({ ...step, property })}
      />
    );
  if (step.score) return <PointsForm ws={ws} step={step} onChange={onChange} />;
  if (step.wait)
    return (
      <WaitForm
        ws={ws}
        wait={step.wait}
        onChange={(wait) => {
          const next = { ...step, wait };
          onChange(next);
        }}
      />
    );
  const inner = step.branch ?? step.goal;
  if (!inner) return null;
  const key = step.branch ? "branch" : "goal";
  return (
    <div className={panel.condition}>
      <h3>{t(`automations.form.${key}`)}</h3>
      <p className={styles.note}>{t(`automations.form.${key}.line`)}</p>
      <ConditionBuilder
        ws={ws}
        value={inner.if}
        onChange={(condition) => onChange({ ...step, [key]: { ...inner, if: condition } })}
        problems={conditionProblems(problems, `/${key}/if`)}
      />
    </div>
  );
}

type PartProps = Pick<StepFormProps, "ws" | "step" | "onChange">;

/** Whom to tell: whoever looks after somebody, or one of the places the team is told at. */
function NotifyForm({ ws, step, onChange }: PartProps) {
  const { t } = useLanguage();
  const places = useNotices(ws).data?.places;
  const notify = step.notify ?? { channel: "owner", text: "" };
  const known = notify.channel === "owner" || places?.some((one) => one.id === notify.channel);
  return (
    <>
      <Select
        label={t("automations.form.channel")}
        value={notify.channel}
        options={[
          { value: "owner", label: t("automations.form.channel.owner") },
          ...(places ?? []).map((one) => ({ value: one.id, label: one.name })),
          // What was chosen once stays to be seen, though the place is gone.
          ...(known ? [] : [{ value: notify.channel, label: t("automations.form.channel.gone") }]),
        ]}
        onChange={(event) =>
          onChange({ ...step, notify: { ...notify, channel: event.target.value } })
        }
        {...(places && !known ? { error: t("automations.form.channel.gone.hint") } : {})}
      />
      <p className={styles.note}>
        <Link to="/w/$ws/share/alerts" params={{ ws }} search={{ view: "places" }}>
          {t("automations.form.channel.make")}
        </Link>
      </p>
      <TextField
        label={t("automations.form.text")}
        hint={t("automations.form.text.hint")}
        value={notify.text}
        maxLength={2000}
        onChange={(event) => onChange({ ...step, notify: { ...notify, text: event.target.value } })}
      />
    </>
  );
}

function PointsForm({ ws, step, onChange }: PartProps) {
  const { t } = useLanguage();
  const choices = useConditionChoices(ws);
  const cards = choices.data?.cards ?? [];
  const score = step.score ?? { card: "", points: 5 };
  return (
    <>
      <Select
        label={t("automations.form.card")}
        value={score.card}
        options={[
          { value: "", label: t("automations.form.template.pick") },
          ...cards.map((card) => ({ value: card.id, label: card.name })),
        ]}
        onChange={(event) => onChange({ ...step, score: { ...score, card: event.target.value } })}
        {...(choices.data && cards.length === 0 ? { hint: t("automations.form.card.none") } : {})}
      />
      <Field
        label={t("automations.form.points")}
        hint={t("automations.form.points.hint")}
        type="number"
        value={score.points}
        onChange={(event) =>
          onChange({ ...step, score: { ...score, points: event.target.valueAsNumber || 0 } })
        }
      />
      <Field
        label={t("automations.form.reason")}
        optional
        value={score.reason ?? ""}
        maxLength={200}
        onChange={(event) => onChange({ ...step, score: { ...score, reason: event.target.value } })}
      />
    </>
  );
}
