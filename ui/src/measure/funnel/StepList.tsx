import { useId } from "react";
import type { EventName } from "../../api/usePaths.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import styles from "./funnel.module.css";
import { moved, newStep, type Step } from "./steps.ts";

const MOST = 12;

interface StepListProps {
  steps: Step[];
  pages: string[];
  events: EventName[];
  onChange: (steps: Step[]) => void;
}

/** The steps in their order: what each is, what it is called; moved and taken away. */
export function StepList({ steps, pages, events, onChange }: StepListProps) {
  const { t } = useLanguage();
  const list = useId();
  const put = (key: number, change: Partial<Step>) =>
    onChange(steps.map((one) => (one.key === key ? { ...one, ...change } : one)));
  return (
    <div className={styles.builder}>
      <datalist id={list}>
        {pages.map((page) => (
          <option key={page} value={page} />
        ))}
      </datalist>
      <ol>
        {steps.map((one, i) => (
          <li key={one.key}>
            <span className={styles.place}>{i + 1}</span>
            <div className={styles.fields}>
              <Select
                label={t("funnel.kind")}
                value={one.kind}
                onChange={(event) => {
                  const kind = event.target.value === "event" ? "event" : "page";
                  put(one.key, { kind, value: kind === "event" ? (events[0]?.name ?? "") : "/" });
                }}
                options={[
                  { value: "page", label: t("funnel.kind.page") },
                  { value: "event", label: t("funnel.kind.event") },
                ]}
              />
              {one.kind === "page" ? (
                <Field
                  label={t("report.field.page")}
                  list={list}
                  value={one.value}
                  maxLength={2000}
                  placeholder="/contact"
                  onChange={(event) => put(one.key, { value: event.target.value })}
                />
              ) : (
                <Select
                  label={t("report.field.event")}
                  value={one.value}
                  onChange={(event) => put(one.key, { value: event.target.value })}
                  options={withCurrent(events, one.value).map(({ name, label }) => ({
                    value: name,
                    label,
                  }))}
                />
              )}
              <Field
                label={t("funnel.name")}
                optional
                value={one.name}
                maxLength={120}
                onChange={(event) => put(one.key, { name: event.target.value })}
              />
            </div>
            <span className={styles.tools}>
              <IconButton
                icon="up"
                bare
                label={t("funnel.up", { n: i + 1 })}
                disabled={i === 0}
                onClick={() => onChange(moved(steps, i, -1))}
              />
              <IconButton
                icon="down"
                bare
                label={t("funnel.down", { n: i + 1 })}
                disabled={i === steps.length - 1}
                onClick={() => onChange(moved(steps, i, 1))}
              />
              <IconButton
                icon="trash"
                bare
                label={t("funnel.remove", { n: i + 1 })}
                disabled={steps.length === 1}
                onClick={() => onChange(steps.filter((each) => each.key !== one.key))}
              />
            </span>
          </li>
        ))}
      </ol>
      <div className={styles.add}>
        <Button
          small
          icon="plus"
          disabled={steps.length >= MOST}
          onClick={() => onChange([...steps, newStep("page", "")])}
        >
          {t("funnel.add")}
        </Button>
        <span className="quiet">{t("funnel.star")}</span>
      </div>
    </div>
  );
}

function withCurrent(events: EventName[], name: string): { name: string; label: string }[] {
  if (events.some((one) => one.name === name)) return events;
  return [{ name, label: name || "—" }, ...events];
}
