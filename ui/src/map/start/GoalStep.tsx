import type { Template } from "../../api/types.ts";
import type { Day } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { ServesField } from "../edit/ServesField.tsx";
import { SmartList } from "../edit/SmartList.tsx";
import { Equation } from "./Equation.tsx";
import { GoalSentence } from "./GoalSentence.tsx";
import { betterName, commonDeadlines, type GoalForm, smartOfGoal } from "./goalForm.ts";
import styles from "./start.module.css";

const KINDS = ["total", "growth", "hold", "reach"] as const;

interface GoalStepProps {
  template: Template | null;
  goal: GoalForm;
  onGoal: (goal: GoalForm) => void;
  name: string;
  onName: (name: string) => void;
  today: Day;
  onNext: () => void;
}

/** The goal in words, with the five lines beside it as they fall into place. */
export function GoalStep({ template, goal, onGoal, name, onName, today, onNext }: GoalStepProps) {
  const { t, f } = useLanguage();
  const set = (change: Partial<GoalForm>) => onGoal({ ...goal, ...change });
  const common = commonDeadlines(today);
  const known = ["recruiting", "revenue", "branding"] as const;
  const key = known.find((one) => one === goal.serves);
  const goalName = key ? t(`goal.${key}`) : goal.serves || null;
  const smart = smartOfGoal(goal, goalName, today, t, f);
  const better = betterName(goal.name);
  const ready = smart.filter((line) => line.state === "ok").length;
  return (
    <>
      <div className={styles.two}>
        <section className={styles.stack}>
          <h2>{t("start.goal")}</h2>
          <div className={styles.big}>
            <Field
              label={t("start.goal.name")}
              value={goal.name}
              placeholder={t("start.goal.name.placeholder")}
              onChange={(event) => set({ name: event.target.value })}
            />
          </div>
          {better && (
            <p className={styles.small} aria-live="polite">
              <span className="quiet">{t("onboarding.better")}</span>{" "}
              <Button small kind="text" onClick={() => set({ name: better })}>
                {t("onboarding.better.use", { name: better })}
              </Button>
            </p>
          )}
          <Card className={styles.stack}>
            <div>
              <p className={`quiet ${styles.small}`}>{t("start.goal.rephrased")}</p>
              <GoalSentence goal={goal} />
            </div>
            <div className={styles.fields}>
              <div className={styles.half}>
                <Select
                  label={t("start.goal.kind")}
                  value={goal.kind}
                  options={KINDS.map((kind) => ({
                    value: kind,
                    label: t(`start.goal.kind.${kind}`),
                  }))}
                  hint={
                    goal.kind === "growth" && goal.unit === "%" ? t("start.goal.points") : undefined
                  }
                  onChange={(event) => set({ kind: event.target.value as GoalForm["kind"] })}
                />
              </div>
              <Field
                label={t(goal.kind === "growth" ? "start.goal.amount.growth" : "start.goal.amount")}
                inputMode="decimal"
                value={goal.amount}
                onChange={(event) => set({ amount: event.target.value })}
              />
              <Field
                label={t("start.goal.unit")}
                value={goal.unit}
                onChange={(event) => set({ unit: event.target.value })}
              />
              {goal.kind !== "reach" && (
                <div className={styles.half}>
                  <Field
                    label={t("start.goal.from")}
                    type="date"
                    value={goal.from}
                    onChange={(event) => set({ from: event.target.value })}
                  />
                </div>
              )}
              <div className={styles.half}>
                <Field
                  label={t("start.goal.by")}
                  type="date"
                  value={goal.by}
                  onChange={(event) => set({ by: event.target.value })}
                />
                <ul
                  className={styles.chips}
                  aria-label={t("start.goal.quick")}
                  style={{ marginTop: 8 }}
                >
                  {(["fiscal", "calendar", "quarter"] as const).map((one) => (
                    <li key={one}>
                      <ChipButton
                        on={goal.by === common[one]}
                        aria-pressed={goal.by === common[one]}
                        onClick={() => set({ by: common[one] })}
                      >
                        {t(`start.goal.quick.${one}`)}
                      </ChipButton>
                    </li>
                  ))}
                </ul>
              </div>
              <div className={styles.half}>
                <ServesField
                  key={template?.key ?? ""}
                  value={goal.serves}
                  onChange={(serves) => set({ serves })}
                />
              </div>
              <div className={styles.half}>
                <Field
                  label={t("start.goal.owner")}
                  optional
                  value={goal.owner}
                  placeholder={t("start.goal.owner.placeholder")}
                  onChange={(event) => set({ owner: event.target.value })}
                />
              </div>
            </div>
          </Card>
        </section>
        <aside>
          <div className={styles.head}>
            <h2>{t("start.check")}</h2>
            <span className={`quiet ${styles.small}`} aria-live="polite">
              {t("edit.checks.count", { count: ready })}
            </span>
          </div>
          <Card flush className={styles.smart}>
            <SmartList lines={smart} brief />
          </Card>
          <p className={`quiet ${styles.small}`} style={{ marginTop: 12 }}>
            {t("start.check.later")}
          </p>
        </aside>
      </div>
      <Equation template={template} goalName={goal.name} />
      <form
        className={styles.foot}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) onNext();
        }}
      >
        <div style={{ width: 280 }}>
          <Field
            label={t("start.workspace")}
            value={name}
            onChange={(event) => onName(event.target.value)}
          />
        </div>
        <Button
          kind="primary"
          type="submit"
          disabled={!name.trim()}
          style={{ alignSelf: "end", height: 36 }}
        >
          {t("start.next")}
        </Button>
        <span className={`quiet ${styles.small}`} style={{ alignSelf: "end", paddingBottom: 8 }}>
          {t(name.trim() ? "start.workspace.hint" : "start.next.missing")}
        </span>
      </form>
    </>
  );
}
