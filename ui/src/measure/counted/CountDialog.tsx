import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/client.ts";
import { useMap } from "../../api/useMap.ts";
import { useEditModel, useModel } from "../../api/useModel.ts";
import { useEventNames } from "../../api/usePaths.ts";
import { useMeasureState, useTryCount, useValues } from "../../api/useReports.ts";
import { useSources } from "../../api/useSources.ts";
import { addDays, type Day } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import { FilterChip } from "../frame/FilterChip.tsx";
import { FilterChooser } from "../frame/FilterChooser.tsx";
import {
  askOf,
  COUNTS,
  type Count,
  type CountForm,
  complete,
  editsOf,
  needs,
  usable,
  WHERE,
} from "./count.ts";
import styles from "./counted.module.css";

/** Dimensions that are offered; the model file knows more. */
const BYS = ["channel", "device", "campaign"] as const;
/** The unit a number has until somebody writes another. */
const UNITS = {
  events: "credit.unit",
  value: "counted.unit.money",
  visits: "report.unit.visits",
  views: "report.unit.views",
  visitors: "counted.unit.people",
} as const satisfies Record<Count, string>;
const LOOK_BACK = 90; // days in which names and values are looked for

interface CountDialogProps {
  ws: string;
  /** What is filled in already. */
  start?: Partial<CountForm>;
  onClose: () => void;
}

/** Makes a number of the map from events, without writing the model file. */
export function CountDialog({ ws, start, onClose }: CountDialogProps) {
  const { t, lang } = useLanguage();
  const map = useMap(ws);
  const model = useModel(ws);
  const sources = useSources(ws);
  const state = useMeasureState(ws);
  const today = state.data?.today;
  const days = today ? { from: addDays(today, -LOOK_BACK), to: today, lang } : null;
  const ask = days ?? { from: "", to: "", lang };
  const names = useEventNames(ws, ask, days !== null);
  const pages = useValues(ws, ask, "page", "", days !== null);
  const edit = useEditModel(ws);
  const kgi = map.data?.indicators.find((one) => one.is_kgi);
  const [typed, setForm] = useState<CountForm>({
    count: "events",
    event: "",
    page: "",
    filters: [],
    name: "",
    unit: "",
    by: [],
    under: "",
    onMap: true,
    ...start,
  });
  const [underTouched, setUnderTouched] = useState(false);
  const form = {
    ...typed,
    event: typed.event || (names.data?.names[0]?.name ?? ""),
    under: underTouched ? typed.under : (kgi?.id ?? ""),
    unit: typed.unit || t(UNITS[typed.count]),
  };
  const put = (change: Partial<CountForm>) => setForm({ ...typed, ...change });
  const uses = needs(form.count);
  const ready = complete(form) && model.data && sources.data && map.data;
  const done = edit.data?.ok === true;
  const problem = edit.error
    ? edit.error instanceof ApiError
      ? edit.error.message
      : t("kit.failed.offline")
    : edit.data && !edit.data.ok
      ? (edit.data.problems[0]?.message ?? t("kit.failed"))
      : null;

  function save() {
    if (!model.data || !sources.data || !map.data) return;
    edit.mutate({
      baseVersion: model.data.version,
      edits: editsOf(form, {
        sources: sources.data.sources,
        indicators: map.data.indicators.map((one) => one.id),
      }),
      note: t("counted.note", { name: form.name.trim() }),
    });
  }

  if (done)
    return (
      <Dialog
        title={t("counted.done", { name: form.name.trim() })}
        onClose={onClose}
        actions={
          <>
            {form.onMap && (
              <Link to="/w/$ws/map" params={{ ws }} className={buttonClass("primary")}>
                {t("counted.see")}
              </Link>
            )}
            <Button onClick={onClose}>{t("kit.close")}</Button>
          </>
        }
      >
        <p>{t(form.onMap ? "counted.done.map" : "counted.done.line")}</p>
      </Dialog>
    );
  return (
    <Dialog
      title={t("counted.title")}
      onClose={onClose}
      wide
      actions={
        <>
          <Button kind="primary" disabled={!ready || edit.isPending} onClick={save}>
            {t(form.onMap ? "counted.do.map" : "counted.do")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className="quiet">{t("counted.line")}</p>
        <div className={styles.row}>
          <Select
            label={t("counted.count")}
            value={form.count}
            onChange={(event) => put({ count: event.target.value as Count })}
            options={COUNTS.map((one) => ({ value: one, label: t(`counted.count.${one}`) }))}
          />
          {uses.event && (
            <Select
              label={t("report.field.event")}
              value={uses.eventRequired ? form.event : typed.event}
              onChange={(event) => put({ event: event.target.value })}
              options={[
                ...(uses.eventRequired ? [] : [{ value: "", label: t("counted.any") }]),
                ...(names.data?.names ?? []).map((one) => ({ value: one.name, label: one.label })),
              ]}
            />
          )}
          {uses.page && (
            <>
              <Field
                label={t("report.field.page")}
                optional
                list="counted-pages"
                placeholder="/blog/*"
                value={form.page}
                maxLength={2000}
                onChange={(event) => put({ page: event.target.value })}
              />
              <datalist id="counted-pages">
                {pages.data?.values.map((one) => (
                  <option key={one.value} value={one.value} />
                ))}
              </datalist>
            </>
          )}
        </div>
        {days && (
          <Conditions ws={ws} days={days} form={form} onChange={(filters) => put({ filters })} />
        )}
        {today && <Preview ws={ws} today={today} form={form} />}
        <div className={styles.row}>
          <Field
            label={t("counted.name")}
            placeholder={t("counted.example")}
            value={form.name}
            maxLength={80}
            onChange={(event) => put({ name: event.target.value })}
          />
          <Field
            label={t("entry.new.unit")}
            value={form.unit}
            maxLength={20}
            onChange={(event) => put({ unit: event.target.value })}
          />
        </div>
        <fieldset className={styles.by}>
          <legend>{t("counted.by")}</legend>
          {BYS.map((one) => (
            <label key={one}>
              <input
                type="checkbox"
                checked={form.by.includes(one)}
                onChange={(event) =>
                  put({
                    by: event.target.checked
                      ? [...form.by, one]
                      : form.by.filter((each) => each !== one),
                  })
                }
              />
              {t(`report.field.${one}`)}
            </label>
          ))}
        </fieldset>
        <div className={styles.map}>
          <label>
            <input
              type="checkbox"
              checked={form.onMap}
              onChange={(event) => put({ onMap: event.target.checked })}
            />
            {t("counted.onMap")}
          </label>
          {form.onMap && (
            <Select
              label={t("counted.under")}
              value={form.under}
              onChange={(event) => {
                setUnderTouched(true);
                put({ under: event.target.value });
              }}
              options={[
                ...(map.data?.indicators ?? []).map((one) => ({ value: one.id, label: one.name })),
                { value: "", label: t("counted.under.none") },
              ]}
            />
          )}
        </div>
        {problem && <Notice kind="bad">{problem}</Notice>}
      </div>
    </Dialog>
  );
}

interface ConditionsProps {
  ws: string;
  days: { from: Day; to: Day };
  form: CountForm;
  onChange: (filters: CountForm["filters"]) => void;
}

/** Which of them are counted: the same picker as above the reports. */
function Conditions({ ws, days: { from, to }, form, onChange }: ConditionsProps) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const filters = usable(form);
  const property = needs(form.count).event && form.event !== "";
  return (
    <div className={styles.conditions}>
      <div className={styles.chips}>
        {filters.map((one) => (
          <FilterChip
            key={JSON.stringify(one)}
            ws={ws}
            days={{ from, to }}
            filter={one}
            onRemove={() => onChange(filters.filter((each) => each !== one))}
          />
        ))}
        <ChipButton icon="plus" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t("report.filter.add")}
        </ChipButton>
      </div>
      {open && (
        <div className={styles.chooser}>
          <FilterChooser
            ws={ws}
            days={{ from, to }}
            filters={filters}
            fields={property ? WHERE : WHERE.filter((one) => one !== "property")}
            exact
            onChange={onChange}
          />
        </div>
      )}
    </div>
  );
}

/** What the number would have said in the last seven whole days. */
function Preview({ ws, today, form }: { ws: string; today: Day; form: CountForm }) {
  const { t, f, lang } = useLanguage();
  const asked = useSettled(JSON.stringify(askOf(form)), 250);
  const ask = JSON.parse(asked) as ReturnType<typeof askOf>;
  const tried = useTryCount(
    ws,
    ask && { ...ask, lang, from: addDays(today, -7), to: addDays(today, -1) },
  );
  const { data, error } = tried;
  if (!ask || (error && !data)) return null;
  const most = Math.max(1, ...(data?.days.map((one) => one.value) ?? []));
  return (
    <output className={styles.preview}>
      <span>
        {data
          ? data.total === 0
            ? t("counted.preview.none")
            : t("counted.preview", { amount: "\n" })
                .split("\n")
                .flatMap((part, i) =>
                  i === 0 ? [part] : [<b key="n">{f.amount(data.total, form.unit)}</b>, part],
                )
          : t("counted.preview.waiting")}
      </span>
      <span className={styles.days} aria-hidden="true">
        {data?.days.map((one) => (
          <i
            key={one.date}
            title={f.facts([f.weekday(one.date), f.amount(one.value, form.unit)])}
            style={{ height: one.value === 0 ? 1 : `${Math.max(6, (100 * one.value) / most)}%` }}
          />
        ))}
      </span>
    </output>
  );
}
