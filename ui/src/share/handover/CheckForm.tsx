import { type FormEvent, useId, useState } from "react";
import { type SelfCheck, useAnswerSelfCheck } from "../../api/useHandover.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Field } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./handover.module.css";

const SKILLS = ["0", "1", "2", "3", "-1"] as const;

interface CheckFormProps {
  ws: string;
  check: SelfCheck;
  onDone: () => void;
}

/** Eight kinds of work and the hours there are: two minutes. */
export function CheckForm({ ws, check, onDone }: CheckFormProps) {
  const { t } = useLanguage();
  const answer = useAnswerSelfCheck(ws);
  const id = useId();
  const [skills, setSkills] = useState<Record<string, number>>(check.mine?.skills ?? {});
  const [hours, setHours] = useState(check.mine ? String(check.mine.hours) : "");
  const left = check.works.filter((one) => skills[one.id] === undefined).length;
  const amount = Number(hours);
  const wrong = hours !== "" && !(amount >= 0 && amount <= 200);
  function send(event: FormEvent) {
    event.preventDefault();
    answer.mutate({ skills, hours: amount }, { onSuccess: onDone });
  }
  return (
    <Card>
      <form className={styles.form} onSubmit={send}>
        {check.works.map((work) => (
          <fieldset key={work.id} className={styles.work}>
            <legend>
              {work.name}
              <span className={styles.sub}>{work.asked}</span>
            </legend>
            <div className={styles.skills}>
              {SKILLS.map((skill) => (
                <label key={skill}>
                  <input
                    type="radio"
                    name={`${id}-${work.id}`}
                    required
                    checked={skills[work.id] === Number(skill)}
                    onChange={() => setSkills({ ...skills, [work.id]: Number(skill) })}
                  />
                  <span>{t(`handover.skill.${skill}`)}</span>
                </label>
              ))}
            </div>
          </fieldset>
        ))}
        <div className={styles.hours}>
          <Field
            label={t("handover.hours")}
            hint={t("handover.hours.hint")}
            type="number"
            inputMode="decimal"
            min={0}
            max={200}
            step={0.5}
            required
            value={hours}
            error={wrong ? t("handover.hours.wrong") : undefined}
            onChange={(event) => setHours(event.target.value)}
          />
        </div>
        {answer.error && <Notice kind="bad">{answer.error.message}</Notice>}
        <div className={styles.buttons}>
          <Button kind="primary" type="submit" disabled={answer.isPending || wrong}>
            {t("handover.check.do")}
          </Button>
          {check.mine && <Button onClick={onDone}>{t("kit.cancel")}</Button>}
          {left > 0 && <span className="quiet">{t("handover.check.left", { n: left })}</span>}
        </div>
      </form>
    </Card>
  );
}
