import { useState } from "react";
import type { QuestionResult } from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import styles from "./forms.module.css";

/** How many chose each answer; the share is of all who answered. */
export function Bars({ question }: { question: QuestionResult }) {
  const { t, f } = useLanguage();
  const choices = question.choices ?? [];
  const most = Math.max(1, ...choices.map((one) => one.count));
  return (
    <>
      <p className="quiet">{t("forms.results.answered", { count: f.count(question.answered) })}</p>
      <ul className={styles.bars}>
        {choices.map((one) => (
          <li key={one.text}>
            <span>{one.text}</span>
            <span className={styles.track} aria-hidden="true">
              <span style={{ width: `${(one.count / most) * 100}%` }} />
            </span>
            <span className="num">
              {question.answered > 0
                ? t("forms.results.share", {
                    count: f.count(one.count),
                    share: f.percent(one.count / question.answered),
                  })
                : t("forms.count", { count: f.count(one.count) })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

const FEW = 6;

/** What people wrote, the newest first. */
export function Texts({ question }: { question: QuestionResult }) {
  const { t, f } = useLanguage();
  const [all, setAll] = useState(false);
  const texts = question.texts ?? [];
  if (texts.length === 0) return <p className="quiet">{t("forms.results.texts.none")}</p>;
  const shown = all ? texts : texts.slice(0, FEW);
  return (
    <>
      <ul className={styles.texts}>
        {shown.map((one) => (
          <li key={`${one.sent_at} ${one.text}`}>
            <p>{one.text}</p>
            <span className="quiet">{f.time(new Date(one.sent_at).toISOString())}</span>
          </li>
        ))}
      </ul>
      {texts.length > shown.length && (
        <div>
          <Button small onClick={() => setAll(true)}>
            {t("forms.results.more", { count: f.count(texts.length - shown.length) })}
          </Button>
        </div>
      )}
    </>
  );
}
