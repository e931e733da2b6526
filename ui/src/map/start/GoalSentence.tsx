import { Fragment, type ReactNode } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { typedNumber } from "../edit/typedNumber.ts";
import { amountNumber, type GoalForm } from "./goalForm.ts";
import styles from "./start.module.css";

/** The goal as one sentence; what is still open stands there as a grey word. */
export function GoalSentence({ goal }: { goal: GoalForm }) {
  const { t, f } = useLanguage();
  const amount = amountNumber(goal);
  const said =
    amount === null
      ? null
      : goal.kind === "growth"
        ? `${Math.abs(typedNumber(goal.amount) ?? 0)}%`
        : f.amount(amount, goal.unit.trim());
  const parts: Record<string, ReactNode> = {
    what: <Part text={goal.name.trim()} open={t("start.goal.what")} />,
    when: <Part text={goal.by ? f.longDay(goal.by) : ""} open={t("start.goal.whenMissing")} />,
    number: <Part text={said ?? ""} open={t("start.goal.amountMissing")} />,
  };
  return <p className={styles.sentence}>{phrases(t(`start.say.${goal.kind}`, slots), parts)}</p>;
}

/** The dictionary's sentence is filled with marked-up parts below, not with words. */
const slots = { what: "{what}", when: "{when}", number: "{number}" };

/** Sets the parts into the sentence; "|" parts what must not be broken across lines. */
function phrases(sentence: string, parts: Record<string, ReactNode>): ReactNode {
  return sentence.split("|").map((phrase) => (
    <Fragment key={phrase}>
      <span>
        {phrase
          .trimEnd()
          .split(/\{(\w+)\}/)
          .map((piece, i) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a phrase never change places
            i % 2 ? <Fragment key={i}>{parts[piece]}</Fragment> : piece,
          )}
      </span>
      {phrase.endsWith(" ") && " "}
    </Fragment>
  ));
}

function Part({ text, open }: { text: string; open: string }) {
  return <mark className={text ? undefined : styles.open}>{text || open}</mark>;
}
