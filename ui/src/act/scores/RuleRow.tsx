import { useId, useState } from "react";
import type { BehaviourRule } from "../../api/useScores.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Select } from "../../kit/Field.tsx";
import { narrowed } from "../conditions/condition.ts";
import { Box, Pick } from "../conditions/controls.tsx";
import { Where } from "../conditions/Where.tsx";
import { lean } from "./draft.ts";
import { NumberBox } from "./NumberBox.tsx";
import { RuleLine } from "./RuleLine.tsx";
import styles from "./scores.module.css";

interface RuleRowProps {
  rule: BehaviourRule;
  pages: string[];
  events: { id: string; name: string }[];
  /** What events came with. */
  details: { id: string; name: string }[];
  groups: string[];
  /** How it did so far, in words. */
  judged?: string | undefined;
  problems: string[];
  readOnly: boolean;
  onChange: (rule: BehaviourRule) => void;
  onRemove: () => void;
}

/** What somebody did and the points it gives. */
export function RuleRow(props: RuleRowProps) {
  const { rule, pages, events, judged, problems, readOnly, onChange, onRemove } = props;
  const { t } = useLanguage();
  const [more, setMore] = useState(false);
  const list = useId();
  const kind = rule.event !== undefined ? "event" : "page";
  const { page: _page, event: _event, where: _where, ...rest } = rule;
  return (
    <li className={styles.rule}>
      <RuleLine
        rule={rule}
        example={t("scores.rule.name.example")}
        readOnly={readOnly}
        onChange={onChange}
        onRemove={onRemove}
      >
        <select
          className={styles.box}
          aria-label={t("scores.rule.kind")}
          value={kind}
          onChange={(event) =>
            onChange(
              event.target.value === "page" ? { ...rest, page: "/" } : { ...rest, event: "" },
            )
          }
        >
          <option value="page">{t("scores.rule.page")}</option>
          <option value="event">{t("scores.rule.event")}</option>
        </select>
        {kind === "event" ? (
          <Pick
            label={t("scores.rule.what")}
            className={styles.box}
            value={rule.event ?? ""}
            writable
            options={events.map((one) => ({ value: one.id, label: one.name }))}
            onChange={(event) => onChange({ ...rule, event })}
          />
        ) : (
          <>
            <input
              className={styles.box}
              aria-label={t("scores.rule.path")}
              placeholder="/price"
              value={rule.page ?? ""}
              maxLength={200}
              list={list}
              autoComplete="off"
              onChange={(event) => onChange({ ...rule, page: event.target.value })}
            />
            <datalist id={list}>
              {pages.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          </>
        )}
      </RuleLine>
      <div className={styles.under}>
        <Button kind="text" small aria-expanded={more} onClick={() => setMore(!more)}>
          {useSaid(rule)}
        </Button>
        {judged && <span className={styles.small}>{judged}</span>}
      </div>
      {problems.map((one) => (
        <p key={one} className={styles.error}>
          {one}
        </p>
      ))}
      {more && <Details {...props} />}
    </li>
  );
}

/** What bounds a rule, in a line. */
function useSaid(rule: BehaviourRule): string {
  const { t, f } = useLanguage();
  const said = [
    (rule.times ?? 0) > 1
      ? t("scores.said.times", { times: rule.times ?? 0 })
      : t("scores.said.each"),
  ];
  if (rule.days) said.push(t("scores.said.days", { days: rule.days }));
  if (rule.a_day) said.push(t("scores.said.aDay", { times: rule.a_day }));
  if (rule.in_all) said.push(t("scores.said.inAll", { times: rule.in_all }));
  if (rule.most) said.push(t("scores.said.most", { points: rule.most }));
  if (rule.decay)
    said.push(
      t(rule.decay.kind === "linear" ? "scores.said.linear" : "scores.said.half", {
        days: rule.decay.days,
      }),
    );
  if (rule.event !== undefined && rule.page) said.push(t("scores.said.page", { page: rule.page }));
  if (rule.where?.length) said.push(t("scores.said.where", { count: rule.where.length }));
  if (rule.group) said.push(rule.group);
  return f.facts(said);
}

function Details({ rule, pages, details, groups, readOnly, onChange }: RuleRowProps) {
  const { t } = useLanguage();
  const put = (change: Partial<Record<keyof BehaviourRule, unknown>>) =>
    onChange(lean({ ...rule, ...change } as BehaviourRule));
  const box = (key: "times" | "days" | "a_day" | "in_all" | "most", most: number) => (
    <div className={styles.detail}>
      {t(`scores.detail.${key}`)}
      <NumberBox
        label={t(`scores.detail.${key}`)}
        value={rule[key] || undefined}
        least={1}
        most={most}
        none={t("scores.detail.none")}
        disabled={readOnly}
        onChange={(value) => put({ [key]: value })}
      />
    </div>
  );
  return (
    <div className={styles.details}>
      {box("times", 1000)}
      {box("days", 1100)}
      {box("a_day", 1000)}
      {(rule.times ?? 0) <= 1 && box("in_all", 1000)}
      {box("most", 10000)}
      <Select
        label={t("scores.detail.decay")}
        disabled={readOnly}
        value={rule.decay?.kind ?? ""}
        onChange={(event) =>
          put({
            decay: event.target.value
              ? { kind: event.target.value, days: rule.decay?.days ?? 14 }
              : null,
          })
        }
        options={[
          { value: "", label: t("scores.decay.none") },
          { value: "linear", label: t("scores.decay.linear") },
          { value: "half-life", label: t("scores.decay.half") },
        ]}
      />
      {rule.decay && (
        <div className={styles.detail}>
          {t(rule.decay.kind === "linear" ? "scores.decay.linearDays" : "scores.decay.halfDays")}
          <NumberBox
            label={t("scores.decay.days")}
            value={rule.decay.days}
            least={1}
            most={1100}
            disabled={readOnly}
            onChange={(days) => put({ decay: { kind: rule.decay?.kind, days } })}
          />
        </div>
      )}
      {groups.length > 0 && (
        <Select
          label={t("scores.detail.group")}
          disabled={readOnly}
          value={rule.group ?? ""}
          onChange={(event) => put({ group: event.target.value || undefined })}
          options={[
            { value: "", label: t("scores.group.none") },
            ...groups.map((one) => ({ value: one, label: one })),
          ]}
        />
      )}
      {(rule.event !== undefined || rule.where) && (
        <fieldset disabled={readOnly} className={styles.narrowing}>
          <legend>{t("scores.detail.where")}</legend>
          {rule.event !== undefined && (
            <Box
              label={t("scores.detail.onPage")}
              value={rule.page ?? ""}
              suggestions={pages}
              placeholder={t("scores.detail.anyPage")}
              onChange={(page) => put({ page: page || undefined })}
            />
          )}
          <Where
            where={rule.where ?? []}
            details={details}
            onChange={(where) => onChange(narrowed(rule, where))}
          />
        </fieldset>
      )}
    </div>
  );
}
