import { Link } from "@tanstack/react-router";
import {
  type Form,
  type QuestionResult,
  useFormResults,
  usePlaceForm,
} from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { Bars, Texts } from "./Answers.tsx";
import { Cuts } from "./Cuts.tsx";
import styles from "./forms.module.css";
import { ScoreCard } from "./ScoreCard.tsx";
import { Submissions } from "./Submissions.tsx";
import { Voices } from "./Voices.tsx";

/** What came in: scores with their range, how answers are spread, what people wrote, one by one. */
export function Results({ ws, form }: { ws: string; form: Form }) {
  const { t, f, lang } = useLanguage();
  const results = useFormResults(ws, form.id);
  if (results.error) return <Failed error={results.error} retry={() => void results.refetch()} />;
  if (!results.data)
    return (
      <div className={styles.stack}>
        <Loading />
        <Skeleton height={220} />
        <Skeleton height={220} />
      </div>
    );
  if (form.accepted + form.held === 0)
    return <EmptyState title={t("forms.results.none")} line={t("forms.results.none.line")} />;
  const { questions, answers } = results.data;
  const scored = questions.find((one) => one.score);
  const voices = form.may_read && scored && questions.some((one) => one.texts);
  // Beside a score what people wrote is found by it.
  const shown = questions.filter((one) => one.score || one.choices || (one.texts && !voices));
  return (
    <div className={styles.stack}>
      <div className={styles.pageHead}>
        <p>
          <b>{t("forms.results.year", { count: f.count(answers) })}</b>
          {form.confirm && form.confirm.asked > 0 && (
            <span className={styles.aside}>
              {t("forms.confirm.state", {
                asked: f.count(form.confirm.asked),
                confirmed: f.count(form.confirm.confirmed),
              })}
            </span>
          )}
        </p>
        <div className={styles.buttons}>
          <PlaceButton ws={ws} form={form} question="" />
          {form.may_read && (
            <a
              className={buttonClass("outline")}
              href={`/api/workspaces/${ws}/forms/${form.id}/export?lang=${lang}`}
              download
            >
              {t("forms.results.export")}
            </a>
          )}
        </div>
      </div>
      {form.confirm && form.confirm.failed > 0 && (
        <Notice kind="warn">
          {t("forms.confirm.failed", { count: f.count(form.confirm.failed) })}
        </Notice>
      )}
      <div className={styles.results}>
        {shown.map((one) => (
          <Question key={one.key} ws={ws} form={form} question={one} />
        ))}
        {voices && <Voices ws={ws} form={form} question={scored} />}
      </div>
      {form.may_read ? (
        <Submissions ws={ws} form={form} />
      ) : (
        <p className="quiet">{t("forms.results.texts.hidden")}</p>
      )}
    </div>
  );
}

function Question({ ws, form, question }: { ws: string; form: Form; question: QuestionResult }) {
  if (question.score)
    return (
      <Card className={`${styles.part} ${styles.wide}`}>
        <ScoreCard question={question}>
          <PlaceButton ws={ws} form={form} question={question.key} />
        </ScoreCard>
        {question.score.answers > 0 && <Cuts ws={ws} form={form} question={question} />}
      </Card>
    );
  return (
    <Card className={styles.part}>
      <h2>{question.label}</h2>
      {question.choices ? <Bars question={question} /> : <Texts question={question} />}
    </Card>
  );
}

/** Puts a number on the map by one press, or leads to where it stands. */
function PlaceButton({ ws, form, question }: { ws: string; form: Form; question: string }) {
  const { t } = useLanguage();
  const say = useToast();
  const place = usePlaceForm(ws, form.id);
  const there = form.placed.find((one) => one.question === question);
  if (there)
    return (
      <Link
        to="/w/$ws/map"
        params={{ ws }}
        search={{ open: there.indicator }}
        className={styles.link}
      >
        {t("forms.results.onMap", { name: there.name })}
      </Link>
    );
  if (!form.may_edit) return null;
  async function put() {
    try {
      await place.mutateAsync(question);
      say({ text: t("forms.results.placed") });
    } catch (error) {
      say({ text: error instanceof Error ? error.message : t("kit.failed.offline") });
    }
  }
  return (
    <Button
      kind={question ? "primary" : "outline"}
      disabled={place.isPending}
      onClick={() => void put()}
    >
      {t(question ? "forms.results.place" : "forms.results.place.count")}
    </Button>
  );
}
