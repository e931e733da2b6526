import { useId } from "react";
import { useConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { narrowed } from "../conditions/condition.ts";
import { eventsFor } from "../conditions/events.ts";
import { Where } from "../conditions/Where.tsx";
import type { Matcher } from "./definition.ts";
import styles from "./panel.module.css";

interface MatcherFieldsProps {
  ws: string;
  value: Matcher;
  onChange: (next: Matcher) => void;
}

/** Which thing somebody does: a page viewed, or an event by its name; what was seen is offered. */
export function MatcherFields({ ws, value, onChange }: MatcherFieldsProps) {
  const { t } = useLanguage();
  const choices = useConditionChoices(ws);
  const list = useId();
  const kind = value.event !== undefined ? "event" : "page";
  const known =
    kind === "page"
      ? (choices.data?.pages ?? []).map((page) => ({ id: page, name: "" }))
      : eventsFor(choices.data, value.event);
  const called = known.find((one) => one.id === value.event)?.name;
  return (
    <>
      <Select
        label={t("automations.form.event.kind")}
        value={kind}
        onChange={(event) =>
          onChange(event.target.value === "event" ? { event: "" } : { page: "/" })
        }
        options={(["page", "event"] as const).map((one) => ({
          value: one,
          label: t(`automations.form.event.${one}`),
        }))}
      />
      <Field
        label={t(`automations.form.event.${kind}.which`)}
        value={(kind === "page" ? value.page : value.event) ?? ""}
        list={list}
        maxLength={200}
        onChange={(event) => onChange({ ...value, [kind]: event.target.value })}
        {...(kind === "page"
          ? { hint: t("automations.form.event.page.hint") }
          : called && called !== value.event
            ? { hint: called }
            : {})}
      />
      <datalist id={list}>
        {known.slice(0, 100).map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </datalist>
      {kind === "event" && (
        <div className={styles.narrowing}>
          <Where
            where={value.where ?? []}
            details={choices.data?.details ?? []}
            onChange={(where) => onChange(narrowed(value, where))}
          />
        </div>
      )}
    </>
  );
}
