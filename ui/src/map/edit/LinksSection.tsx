import { useState } from "react";
import type { MapReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./edit.module.css";
import { joinPart, namesIn, readFormula } from "./formulaText.ts";
import { type IndicatorForm, type JoinHow, joinUnder, type LinkForm } from "./indicatorForm.ts";

interface LinksSectionProps {
  form: IndicatorForm;
  onChange: (change: Partial<IndicatorForm>) => void;
  map: MapReply;
  isNew: boolean;
  problem: string | undefined;
}

/** What it is made of, and what is believed to move it or to be moved by it. */
export function LinksSection({ form, onChange, map, isNew, problem }: LinksSectionProps) {
  const { t } = useLanguage();
  const nameOf = (id: string) =>
    id === form.id ? form.name || id : map.indicators.find((one) => one.id === id)?.name;
  const above = map.indicators.filter((one) => namesIn(one.formula ?? "").includes(form.id));
  const set = (at: number, change: Partial<LinkForm>) =>
    onChange({ links: form.links.map((one, i) => (i === at ? { ...one, ...change } : one)) });
  return (
    <div className={styles.stack}>
      {isNew && (
        <Select
          label={t("edit.join.under")}
          value={form.join.under}
          options={[
            { value: "", label: t("edit.join.none") },
            ...map.indicators.map((one) => ({ value: one.id, label: one.name })),
          ]}
          onChange={(event) => onChange({ join: joinUnder(map, event.target.value) })}
        />
      )}
      {isNew && form.join.under && (
        <JoinChoice form={form} onChange={onChange} map={map} nameOf={nameOf} />
      )}
      {!isNew && (
        <div>
          <p className={styles.legend}>{t("edit.links.formula")}</p>
          <ul className={styles.rows}>
            {above.map((one) => (
              <li key={one.id} className={styles.row}>
                {t("edit.links.parts", {
                  name: one.name,
                  formula: readFormula(one.formula ?? "", nameOf),
                })}
              </li>
            ))}
            {form.origin !== "measure" && form.formula.trim() && (
              <li className={styles.row}>
                {t("edit.links.parts", {
                  name: form.name,
                  formula: readFormula(form.formula, nameOf),
                })}
              </li>
            )}
          </ul>
          {above.length === 0 && (form.origin === "measure" || !form.formula.trim()) && (
            <p className={`quiet ${styles.small}`}>{t("edit.links.formula.none")}</p>
          )}
        </div>
      )}
      <div className={styles.stack} style={{ gap: 8 }}>
        <p className={styles.legend}>{t("edit.links.influences")}</p>
        {problem && <Notice kind="bad">{problem}</Notice>}
        {form.links.length === 0 && (
          <p className={`quiet ${styles.small}`}>{t("edit.links.none")}</p>
        )}
        <div>
          {form.links.map((link, i) => (
            <LinkCard
              // biome-ignore lint/suspicious/noArrayIndexKey: while one end is open, its place is all a link has
              key={`link-${i}`}
              link={link}
              self={form.id}
              map={map}
              nameOf={nameOf}
              onChange={(change) => set(i, change)}
              onRemove={() => onChange({ links: form.links.filter((_, j) => j !== i) })}
            />
          ))}
        </div>
        <div>
          <Button
            small
            icon="plus"
            disabled={!form.id}
            onClick={() =>
              onChange({
                links: [...form.links, { from: form.id, to: "", lag: "", because: "" }],
              })
            }
          >
            {t("edit.links.add")}
          </Button>
        </div>
      </div>
    </div>
  );
}

interface LinkCardProps {
  link: LinkForm;
  self: string;
  map: MapReply;
  nameOf: (id: string) => string | undefined;
  onChange: (change: Partial<LinkForm>) => void;
  onRemove: () => void;
}

function LinkCard({ link, self, map, nameOf, onChange, onRemove }: LinkCardProps) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(!link.from || !link.to);
  const outgoing = link.from === self;
  const other = outgoing ? link.to : link.from;
  const turn = (out: boolean, id: string) =>
    onChange(out ? { from: self, to: id } : { from: id, to: self });
  return (
    <div className={styles.link}>
      <div className={styles.row}>
        <span className={styles.grow}>
          {t("edit.links.to", {
            from: nameOf(link.from) ?? "…",
            to: nameOf(link.to) ?? "…",
          })}
        </span>
        <IconButton
          icon={open ? "up" : "edit"}
          bare
          label={t("edit.links.edit")}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
        <IconButton icon="trash" bare label={t("edit.remove")} onClick={onRemove} />
      </div>
      {open && (
        <div className={styles.stack} style={{ gap: 12, paddingBottom: 12 }}>
          <div className={styles.pair}>
            <Select
              label={t("edit.links.direction")}
              value={outgoing ? "out" : "in"}
              options={[
                { value: "out", label: t("edit.links.outgoing") },
                { value: "in", label: t("edit.links.incoming") },
              ]}
              onChange={(event) => turn(event.target.value === "out", other)}
            />
            <Select
              label={t("edit.links.other")}
              value={other}
              options={[
                { value: "", label: t("edit.measure.choose") },
                ...map.indicators
                  .filter((one) => one.id !== self)
                  .map((one) => ({ value: one.id, label: one.name })),
              ]}
              onChange={(event) => turn(outgoing, event.target.value)}
            />
          </div>
          <div className={styles.pair}>
            <Field
              label={t("edit.links.lag")}
              optional
              value={link.lag}
              hint={t("edit.links.lag.hint")}
              onChange={(event) => onChange({ lag: event.target.value })}
            />
            <Field
              label={t("edit.links.because")}
              optional
              value={link.because}
              placeholder={t("edit.links.because.placeholder")}
              onChange={(event) => onChange({ because: event.target.value })}
            />
          </div>
        </div>
      )}
    </div>
  );
}

interface JoinChoiceProps {
  form: IndicatorForm;
  onChange: (change: Partial<IndicatorForm>) => void;
  map: MapReply;
  nameOf: (id: string) => string | undefined;
}

/** How a new indicator is tied to the one it was added under, with the formula it makes. */
function JoinChoice({ form, onChange, map, nameOf }: JoinChoiceProps) {
  const { t } = useLanguage();
  const parent = map.indicators.find((one) => one.id === form.join.under);
  if (!parent) return null;
  const becomes = (how: Exclude<JoinHow, "influence" | "none">) =>
    t("edit.join.becomes", {
      name: parent.name,
      formula: readFormula(joinPart(parent.formula ?? "", how, form.id || "…"), nameOf),
    });
  // Without a formula there is nothing yet to multiply with or to add to.
  const formulas = parent.formula
    ? [
        { value: "*" as const, title: t("edit.join.times"), line: becomes("*") },
        { value: "+" as const, title: t("edit.join.plus"), line: becomes("+") },
        { value: "/" as const, title: t("edit.join.divide"), line: becomes("/") },
        { value: "-" as const, title: t("edit.join.minus"), line: becomes("-") },
      ]
    : [{ value: "*" as const, title: t("edit.join.equal"), line: becomes("*") }];
  return (
    <div>
      <Choices<JoinHow>
        legend={t("edit.join", { name: parent.name })}
        least={220}
        value={form.join.how}
        options={[
          ...formulas,
          {
            value: "influence" as const,
            title: t("edit.join.influence"),
            line: t("edit.join.influence.line"),
          },
        ]}
        onChange={(how) => onChange({ join: { ...form.join, how } })}
      />
    </div>
  );
}
