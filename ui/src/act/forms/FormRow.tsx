import { Link } from "@tanstack/react-router";
import type { Form, FormScore } from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Sparkline } from "../../kit/Sparkline.tsx";
import styles from "./forms.module.css";
import { presetLike } from "./presets.ts";
import { State } from "./State.tsx";
import { scoreWords } from "./scoreWords.ts";

/** One form of the list. */
export function FormRow({ ws, form }: { ws: string; form: Form }) {
  const { t, f } = useLanguage();
  const sent = form.recent.reduce((a, b) => a + b, 0);
  const waiting = form.confirm ? form.confirm.asked - form.confirm.confirmed : 0;
  return (
    <li className={styles.row}>
      <div className={styles.name}>
        <Link to="/w/$ws/act/forms/$id" params={{ ws, id: form.id }}>
          {form.name}
        </Link>
        <span className={styles.facts}>
          {form.definition && <span>{t(`forms.kind.${presetLike(form.definition)}`)}</span>}
          <State open={form.open} />
          {form.held > 0 && (
            <span className="warn" title={t("forms.held.title")}>
              {t("forms.held", { count: f.count(form.held) })}
            </span>
          )}
          {waiting > 0 && <span>{t("forms.confirm.short", { count: f.count(waiting) })}</span>}
        </span>
      </div>
      <div className={styles.recent}>
        {form.newest > 0 ? (
          <>
            <Sparkline
              values={form.recent}
              width={72}
              height={24}
              label={t("forms.last30.label", { name: form.name })}
            />
            <span className={styles.figure}>
              <span className="quiet">{t("forms.last30")}</span>
              <b className="num">{t("forms.count", { count: f.count(sent) })}</b>
            </span>
          </>
        ) : (
          <span className="quiet">{t("forms.never")}</span>
        )}
      </div>
      <div className={styles.score}>{form.score && <ShortScore score={form.score} />}</div>
    </li>
  );
}

function ShortScore({ score }: { score: FormScore }) {
  const { t, f } = useLanguage();
  const say = (value: number) => scoreWords(score.kind, value);
  if (score.score.value === null)
    return (
      <span className="quiet">
        {t("forms.score.few", { count: f.count(Math.max(1, 10 - score.score.answers)) })}
      </span>
    );
  const [low = 0, high = 0] = score.score.interval;
  return (
    <span className={styles.figure}>
      <span className="quiet">{t(`forms.score.${score.kind}`)}</span>
      <b className="num">{say(score.score.value)}</b>
      <span className="quiet num" title={t("forms.results.band")}>
        {t("forms.score.short", { low: say(low), high: say(high) })}
      </span>
    </span>
  );
}
