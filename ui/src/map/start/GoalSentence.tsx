import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { typedNumber } from "../edit/typedNumber.ts";
import { amountNumber, type GoalForm } from "./goalForm.ts";
import styles from "./start.module.css";

/**
 * The goal as one sentence; what is still open stands there as a grey word. The order of the
 * parts differs between the languages, so each language is written out.
 */
export function GoalSentence({ goal }: { goal: GoalForm }) {
  const { t, f, lang } = useLanguage();
  const amount = amountNumber(goal);
  const said =
    amount === null
      ? null
      : goal.kind === "growth"
        ? `${Math.abs(typedNumber(goal.amount) ?? 0)}%`
        : f.amount(amount, goal.unit.trim());
  const what = <Part text={goal.name.trim()} open={t("start.goal.what")} />;
  const when = <Part text={goal.by ? f.longDay(goal.by) : ""} open={t("start.goal.whenMissing")} />;
  const number = <Part text={said ?? ""} open={t("start.goal.amountMissing")} />;
  if (lang === "en")
    return (
      <p className={styles.sentence}>
        {goal.kind === "total" && (
          <>
            <span>Bring {what}</span> <span>to {number}</span> <span>in total by {when}.</span>
          </>
        )}
        {goal.kind === "growth" && (
          <>
            <span>Grow {what}</span> <span>by {number}</span>{" "}
            <span>over last year until {when}.</span>
          </>
        )}
        {goal.kind === "hold" && (
          <>
            <span>Keep {what}</span> <span>at {number} a month</span> <span>until {when}.</span>
          </>
        )}
        {goal.kind === "reach" && (
          <>
            <span>Get {what}</span> <span>to {number}</span> <span>by {when}.</span>
          </>
        )}
      </p>
    );
  return (
    <p className={styles.sentence}>
      <span>{what}を、</span>
      <span>{when}までに</span>
      {goal.kind === "total" && <span>合計{number}にする</span>}
      {goal.kind === "growth" && <span>前年より{number}伸ばす</span>}
      {goal.kind === "hold" && <span>毎月{number}に保つ</span>}
      {goal.kind === "reach" && <span>{number}に届かせる</span>}
    </p>
  );
}

function Part({ text, open }: { text: string; open: string }) {
  return <mark className={text ? undefined : styles.open}>{text || open}</mark>;
}
