import { useState } from "react";
import {
  type ReportOrder,
  type ReportPerson,
  useChangeReports,
} from "../../api/useReportOrders.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field, Select, TextField } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { bodyOf, type Draft, draftOf, newDraft } from "./draft.ts";
import styles from "./reports.module.css";

const RHYTHMS = ["daily", "weekly", "monthly"] as const;
const WEEKDAYS = ["1", "2", "3", "4", "5", "6", "0"] as const;
const DAYS = Array.from({ length: 31 }, (_, n) => String(n + 1));
const HOLIDAYS = ["next", "skip", "send"] as const;

interface ReportFormProps {
  ws: string;
  /** null: a new one. */
  order: ReportOrder | null;
  people: ReportPerson[];
  onClose: () => void;
}

/** When, to whom, and how. */
export function ReportForm({ ws, order, people, onClose }: ReportFormProps) {
  const { t, lang } = useLanguage();
  const change = useChangeReports(ws);
  const [draft, setDraft] = useState<Draft>(() =>
    order ? draftOf(order) : newDraft(t("reporting.name.usual"), lang),
  );
  const set = (next: Partial<Draft>) => setDraft((old) => ({ ...old, ...next }));
  const error = change.create.error ?? change.save.error;
  const pending = change.create.isPending || change.save.isPending;
  function keep() {
    const body = bodyOf(draft);
    if (order)
      change.save.mutate({ id: order.id, base: order.version, body }, { onSuccess: onClose });
    else change.create.mutate(body, { onSuccess: onClose });
  }
  return (
    <Dialog
      wide
      title={t(order ? "reporting.edit.title" : "reporting.make")}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" disabled={pending} onClick={keep}>
            {t(order ? "reporting.keep" : "reporting.begin")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
          <a
            className={styles.look}
            href={`/api/workspaces/${encodeURIComponent(ws)}/standing/mail?lang=${lang}&rhythm=${draft.rhythm}`}
            target="_blank"
            rel="noreferrer"
          >
            {t("reporting.look")}
          </a>
        </>
      }
    >
      <div className={styles.form}>
        <Field
          label={t("reporting.name")}
          value={draft.name}
          maxLength={120}
          onChange={(event) => set({ name: event.target.value })}
        />
        <Choices
          legend={t("reporting.when")}
          least={150}
          options={RHYTHMS.map((value) => ({
            value,
            title: t(`reporting.when.${value}`),
            line: t(`reporting.when.line.${value}`),
          }))}
          value={draft.rhythm}
          onChange={(rhythm) => set({ rhythm })}
        />
        <div className={styles.fields}>
          {draft.rhythm === "weekly" && (
            <Select
              label={t("reporting.weekday")}
              value={draft.weekday}
              options={WEEKDAYS.map((value) => ({ value, label: t(`reporting.weekday.${value}`) }))}
              onChange={(event) => set({ weekday: event.target.value })}
            />
          )}
          {draft.rhythm === "monthly" && (
            <Select
              label={t("reporting.day")}
              value={draft.day}
              options={DAYS.map((value) => ({
                value,
                label:
                  value === "31" ? t("reporting.day.last") : t("reporting.day.n", { n: value }),
              }))}
              onChange={(event) => set({ day: event.target.value })}
            />
          )}
          <Field
            label={t("reporting.time")}
            type="time"
            value={draft.time}
            onChange={(event) => set({ time: event.target.value })}
          />
          <Select
            label={t("reporting.holidays")}
            value={draft.holidays}
            options={HOLIDAYS.map((value) => ({ value, label: t(`reporting.holidays.${value}`) }))}
            onChange={(event) => set({ holidays: event.target.value as Draft["holidays"] })}
          />
        </div>
        <fieldset className={styles.people}>
          <legend>{t("reporting.members")}</legend>
          {people.map((one) => (
            <label key={one.id}>
              <input
                type="checkbox"
                checked={draft.members.includes(one.id)}
                onChange={(event) =>
                  set({
                    members: event.target.checked
                      ? [...draft.members, one.id]
                      : draft.members.filter((id) => id !== one.id),
                  })
                }
              />
              {one.name} <span className="quiet">{one.department}</span>
            </label>
          ))}
        </fieldset>
        <div className={styles.away}>
          <TextField
            label={t("reporting.addresses")}
            optional
            hint={t("reporting.addresses.hint")}
            rows={2}
            value={draft.outside}
            placeholder="name@example.co.jp"
            onChange={(event) => set({ outside: event.target.value })}
          />
          <Select
            label={t("reporting.lang")}
            value={draft.lang}
            options={(["ja", "en"] as const).map((value) => ({
              value,
              label: t(`reporting.lang.${value}`),
            }))}
            onChange={(event) => set({ lang: event.target.value as Draft["lang"] })}
          />
        </div>
        <TextField
          label={t("reporting.note")}
          optional
          hint={t("reporting.note.hint")}
          rows={2}
          maxLength={1000}
          value={draft.note}
          onChange={(event) => set({ note: event.target.value })}
        />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.pdf}
            onChange={(event) => set({ pdf: event.target.checked })}
          />
          {t("reporting.attach")}
        </label>
        {error && <Notice kind="bad">{error.message}</Notice>}
      </div>
    </Dialog>
  );
}
