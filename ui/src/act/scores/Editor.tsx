import type { Card, JudgedReply } from "../../api/useScores.ts";
import { useConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { eventsFor } from "../conditions/events.ts";
import { newFit, newRule, problemsUnder } from "./draft.ts";
import { FitRow } from "./FitRow.tsx";
import { LinePanel } from "./LinePanel.tsx";
import { NumberBox } from "./NumberBox.tsx";
import { RuleRow } from "./RuleRow.tsx";
import styles from "./scores.module.css";

interface EditorProps {
  ws: string;
  id: string;
  card: Card;
  judged: JudgedReply | undefined;
  problems: { location?: string; message?: string }[];
  readOnly: boolean;
  onChange: (card: Card) => void;
}

/** The card as it is written: what people did, what they are, bands and the line. */
export function Editor({ ws, id, card, judged, problems, readOnly, onChange }: EditorProps) {
  const { t } = useLanguage();
  const choices = useConditionChoices(ws);
  const behaviour = card.behaviour ?? [];
  const fit = card.fit ?? [];
  const groups = card.groups ?? [];
  const how = (rule: string) => {
    const one = judged?.rules.find((each) => each.name === rule);
    return one && one.precision.share !== null
      ? t("scores.judged.rule", { precision: one.precision.text })
      : undefined;
  };
  return (
    <div className={styles.editor}>
      <section>
        <h3>{t("scores.did")}</h3>
        <p className={styles.small}>{t("scores.did.line")}</p>
        <ul className={styles.rules}>
          {behaviour.map((rule, i) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              pages={choices.data?.pages ?? []}
              events={eventsFor(choices.data, rule.event)}
              details={choices.data?.details ?? []}
              groups={groups.map((one) => one.name)}
              judged={how(rule.id)}
              problems={problemsUnder(problems, `behaviour[${i}]`).map((one) => one.message)}
              readOnly={readOnly}
              onChange={(next) => onChange({ ...card, behaviour: behaviour.with(i, next) })}
              onRemove={() => onChange({ ...card, behaviour: behaviour.toSpliced(i, 1) })}
            />
          ))}
        </ul>
        {!readOnly && (
          <Button
            small
            icon="plus"
            onClick={() => onChange({ ...card, behaviour: [...behaviour, newRule(card)] })}
          >
            {t("scores.did.add")}
          </Button>
        )}
      </section>
      <section>
        <h3>{t("scores.is")}</h3>
        <p className={styles.small}>{t("scores.is.line")}</p>
        <ul className={styles.rules}>
          {fit.map((rule, i) => (
            <FitRow
              key={rule.id}
              ws={ws}
              rule={rule}
              judged={how(rule.id)}
              problems={problemsUnder(problems, `fit[${i}]`)}
              readOnly={readOnly}
              onChange={(next) => onChange({ ...card, fit: fit.with(i, next) })}
              onRemove={() => onChange({ ...card, fit: fit.toSpliced(i, 1) })}
            />
          ))}
        </ul>
        {!readOnly && (
          <Button
            small
            icon="plus"
            onClick={() => onChange({ ...card, fit: [...fit, newFit(card)] })}
          >
            {t("scores.is.add")}
          </Button>
        )}
      </section>
      <Named
        title={t("scores.groups")}
        line={t("scores.groups.line")}
        add={t("scores.groups.add")}
        number={t("scores.groups.most")}
        least={1}
        list={groups.map((one) => ({ name: one.name, number: one.most }))}
        problems={problemsUnder(problems, "groups").map((one) => one.message)}
        fresh={{ name: t("scores.groups.new", { n: groups.length + 1 }), number: 20 }}
        readOnly={readOnly}
        onChange={(list) =>
          onChange({ ...card, groups: list.map((one) => ({ name: one.name, most: one.number })) })
        }
      />
      <Named
        title={t("scores.bands")}
        line={t("scores.bands.line")}
        add={t("scores.bands.add")}
        number={t("scores.bands.from")}
        least={-10000}
        list={(card.bands ?? []).map((one) => ({ name: one.name, number: one.from }))}
        problems={problemsUnder(problems, "bands").map((one) => one.message)}
        fresh={{
          name: "ABCDEFGH"[card.bands?.length ?? 0] ?? "",
          number: (card.bands?.at(-1)?.from ?? 30) - 10,
        }}
        readOnly={readOnly}
        onChange={(list) =>
          onChange({ ...card, bands: list.map((one) => ({ name: one.name, from: one.number })) })
        }
      />
      <LinePanel
        ws={ws}
        id={id}
        card={card}
        events={eventsFor(choices.data, card.outcome?.event)}
        readOnly={readOnly}
        onChange={onChange}
      />
    </div>
  );
}

interface NamedProps {
  title: string;
  line: string;
  add: string;
  number: string;
  least: number;
  list: { name: string; number: number }[];
  fresh: { name: string; number: number };
  problems: string[];
  readOnly: boolean;
  onChange: (list: { name: string; number: number }[]) => void;
}

/** Names with a number each: bounds of groups, bands. */
function Named(props: NamedProps) {
  const { title, line, add, number, least, list, fresh, problems, readOnly, onChange } = props;
  const { t } = useLanguage();
  return (
    <section>
      <h3>{title}</h3>
      <p className={styles.small}>{line}</p>
      <ul className={styles.named}>
        {list.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is being written
          <li key={i}>
            <fieldset disabled={readOnly} className={styles.pair}>
              <legend className="sr">{one.name}</legend>
              <input
                className={styles.box}
                aria-label={t("scores.rule.name")}
                value={one.name}
                maxLength={120}
                autoComplete="off"
                onChange={(event) => onChange(list.with(i, { ...one, name: event.target.value }))}
              />
              <NumberBox
                label={number}
                value={one.number}
                least={least}
                most={10000}
                onChange={(value) =>
                  onChange(list.with(i, { ...one, number: value ?? one.number }))
                }
              />
              <span className={styles.small}>{number}</span>
              {!readOnly && (
                <IconButton
                  icon="trash"
                  bare
                  label={t("scores.rule.remove")}
                  onClick={() => onChange(list.toSpliced(i, 1))}
                />
              )}
            </fieldset>
          </li>
        ))}
      </ul>
      {problems.map((one) => (
        <p key={one} className={styles.error}>
          {one}
        </p>
      ))}
      {!readOnly && list.length < 8 && (
        <Button small icon="plus" onClick={() => onChange([...list, fresh])}>
          {add}
        </Button>
      )}
    </section>
  );
}
