import { useId } from "react";
import type { ConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { IconButton } from "../../kit/Button.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import { type Condition, type Kind, kindOf, type Problem } from "./condition.ts";
import styles from "./conditions.module.css";
import { Box, Choice, Pick as PickOne } from "./controls.tsx";
import { DidRow } from "./DidRow.tsx";
import { icons } from "./icons.ts";
import { PropertyWords } from "./PropertyWords.tsx";
import { Sentence, slots } from "./Sentence.tsx";

interface RowProps {
  row: Condition;
  choices: ConditionChoices;
  problems: Problem[];
  /** Absent where it cannot be done, as when the condition is full. */
  onCopy?: (() => void) | undefined;
  onDrop: () => void;
  onChange: (row: Condition) => void;
}

/** One condition, said as a sentence whose words can be changed. */
export function Row({ row, choices, problems, onCopy, onDrop, onChange }: RowProps) {
  const { t } = useLanguage();
  const id = useId();
  const kind = kindOf(row) ?? "page";
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame around every sentence */}
      <div
        role="group"
        aria-label={t(`conditions.kind.${kind}`)}
        aria-describedby={problems.length > 0 ? id : undefined}
        className={classes(styles.row, problems.length > 0 && styles.wrong)}
      >
        <span className={styles.icon}>
          <Icon name={icons[kind]} size={16} />
        </span>
        <div className={styles.sentence}>
          <Words row={row} kind={kind} choices={choices} onChange={onChange} />
        </div>
        <span className={styles.tools}>
          {onCopy && <IconButton icon="copy" bare label={t("conditions.copy")} onClick={onCopy} />}
          <IconButton icon="close" bare label={t("conditions.remove")} onClick={onDrop} />
        </span>
      </div>
      {problems.length > 0 && (
        <p id={id} className={styles.problem}>
          {problems.map((one) => one.message).join(" ")}
        </p>
      )}
    </>
  );
}

function Words({
  row,
  kind,
  choices,
  onChange,
}: Pick<RowProps, "row" | "choices" | "onChange"> & { kind: Kind }) {
  const { t } = useLanguage();
  if (row.did)
    return <DidRow did={row.did} choices={choices} onChange={(did) => onChange({ did })} />;
  if (row.property)
    return (
      <PropertyWords
        property={row.property}
        owners={choices.owners}
        keys={choices.properties.filter(
          (one) => one.key.startsWith("company.") === (kind === "company"),
        )}
        onChange={(property) => onChange({ property })}
      />
    );
  if (row.score) {
    const { score } = row;
    return (
      <Sentence
        text={t("conditions.row.score", slots("card", "of", "op"))}
        parts={{
          card: (
            <PickOne
              label={t("conditions.field.card")}
              value={score.card}
              options={choices.cards.map((one) => ({ value: one.id, label: one.name }))}
              onChange={(card) => onChange({ score: { ...score, card } })}
            />
          ),
          of: <PointsBox of={score.of} onChange={(of) => onChange({ score: { ...score, of } })} />,
          op: (
            <Choice
              label={t("conditions.field.op")}
              value={score.op}
              options={[
                { value: "at-least", label: t("conditions.score.at-least") },
                { value: "below", label: t("conditions.score.below") },
              ]}
              onChange={(op) => onChange({ score: { ...score, op } })}
            />
          ),
        }}
      />
    );
  }
  if (row.consent) {
    const { consent } = row;
    return (
      <Sentence
        text={t("conditions.row.consent", slots("topic", "state"))}
        parts={{
          topic: (
            <Choice
              label={t("conditions.field.topic")}
              value={consent.topic ?? ""}
              options={topicOptions(choices.topics, consent.topic ?? "", t("conditions.topic.any"))}
              onChange={(topic) => {
                const { topic: _, ...rest } = consent;
                onChange({ consent: topic ? { ...rest, topic } : rest });
              }}
            />
          ),
          state: (
            <Choice
              label={t("conditions.field.state")}
              value={consent.state}
              options={["granted" as const, "refused" as const, "none" as const].map((value) => ({
                value: value as string,
                label: t(`conditions.state.${value}`),
              }))}
              onChange={(state) => onChange({ consent: { ...consent, state } })}
            />
          ),
        }}
      />
    );
  }
  const inner = row.not ?? row;
  const put = (one: Condition, denied: boolean) => onChange(denied ? { not: one } : one);
  const segment = kind === "segment";
  const op = (
    <Choice
      label={t("conditions.field.op")}
      value={row.not ? "not" : "has"}
      options={[
        { value: "has", label: t(segment ? "conditions.segment.in" : "conditions.tag.has") },
        { value: "not", label: t(segment ? "conditions.segment.not" : "conditions.tag.not") },
      ]}
      onChange={(next) => put(inner, next === "not")}
    />
  );
  if (segment)
    return (
      <Sentence
        text={t("conditions.row.segment", slots("segment", "op"))}
        parts={{
          segment: (
            <PickOne
              label={t("conditions.field.segment")}
              value={inner.segment ?? ""}
              options={choices.segments.map((one) => ({ value: one.id, label: one.name }))}
              onChange={(next) => put({ segment: next }, Boolean(row.not))}
            />
          ),
          op,
        }}
      />
    );
  return (
    <Sentence
      text={t("conditions.row.tag", slots("tag", "op"))}
      parts={{
        tag: (
          <PickOne
            label={t("conditions.field.tag")}
            value={inner.tag ?? ""}
            writable
            options={choices.tags.map((one) => ({ value: one, label: one }))}
            onChange={(tag) => put({ tag }, Boolean(row.not))}
          />
        ),
        op,
      }}
    />
  );
}

function PointsBox({ of, onChange }: { of: number; onChange: (of: number) => void }) {
  const { t } = useLanguage();
  return (
    <Box
      label={t("conditions.field.points")}
      numeric
      value={String(of)}
      onChange={(text) => {
        const number = Number(text.normalize("NFKC"));
        if (Number.isFinite(number)) onChange(number);
      }}
    />
  );
}

function topicOptions(topics: string[], now: string, any: string) {
  const list = now === "" || topics.includes(now) ? topics : [...topics, now];
  return [{ value: "", label: any }, ...list.map((one) => ({ value: one, label: one }))];
}
