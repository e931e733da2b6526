import { useState } from "react";
import {
  type Form,
  type Submission,
  type SubmissionState,
  useJudge,
  useSubmissions,
} from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./forms.module.css";

const STATES: SubmissionState[] = ["accepted", "held", "refused"];

/** What came in, one by one; what looks like a robot's waits for somebody to decide. */
export function Submissions({ ws, form }: { ws: string; form: Form }) {
  const { t, f } = useLanguage();
  const [state, setState] = useState<SubmissionState>(form.held > 0 ? "held" : "accepted");
  const [before, setBefore] = useState("");
  const sent = useSubmissions(ws, form.id, state, before, form.may_read);
  const list = sent.data?.submissions ?? [];
  function show(next: SubmissionState) {
    setState(next);
    setBefore("");
  }
  return (
    <section className={styles.stackSmall} aria-label={t("forms.sub.title")}>
      <div className={styles.partHead}>
        <h2>{t("forms.sub.title")}</h2>
        <fieldset className={styles.chips}>
          <legend className="sr">{t("forms.sub.state")}</legend>
          {STATES.map((one) => (
            <ChipButton
              key={one}
              on={one === state}
              aria-pressed={one === state}
              onClick={() => show(one)}
            >
              {t(`forms.sub.state.${one}`)}
              {one === "held" && form.held > 0 && <b>{f.count(form.held)}</b>}
            </ChipButton>
          ))}
        </fieldset>
      </div>
      {state === "held" && list.length > 0 && <p className="quiet">{t("forms.sub.held.line")}</p>}
      {sent.error && <Failed error={sent.error} retry={() => void sent.refetch()} />}
      {sent.isPending && (
        <>
          <Loading />
          <Skeleton height={160} />
        </>
      )}
      {sent.data && list.length === 0 && <p className="quiet">{t(`forms.sub.none.${state}`)}</p>}
      {list.length > 0 && (
        <Card flush>
          <ul className={styles.submissions}>
            {list.map((one) => (
              <One key={one.id} ws={ws} form={form} one={one} />
            ))}
          </ul>
        </Card>
      )}
      {(sent.data?.more || before) && (
        <div className={styles.buttons}>
          {before && <Button onClick={() => setBefore("")}>{t("forms.sub.prev")}</Button>}
          {sent.data?.more && (
            <Button onClick={() => setBefore(list.at(-1)?.id ?? "")}>{t("forms.sub.next")}</Button>
          )}
        </div>
      )}
    </section>
  );
}

function One({ ws, form, one }: { ws: string; form: Form; one: Submission }) {
  const { t, f } = useLanguage();
  const say = useToast();
  const judge = useJudge(ws, form.id);
  const labels = new Map((form.definition?.questions ?? []).map((q) => [q.key, q.label]));
  const order = [...labels.keys()];
  const answers = Object.entries(one.answers).sort(
    ([a], [b]) => (order.indexOf(a) + 1 || 99) - (order.indexOf(b) + 1 || 99),
  );
  async function decide(accept: boolean) {
    try {
      await judge.mutateAsync({ submission: one.id, accept });
      say({ text: t(accept ? "forms.sub.released" : "forms.sub.refused") });
    } catch (error) {
      say({ text: error instanceof Error ? error.message : t("kit.failed.offline") });
    }
  }
  return (
    <li>
      <div className={styles.when}>
        <span>{f.time(new Date(one.sent_at).toISOString())}</span>
        {one.lang && one.lang !== (form.definition?.lang || "ja") && (
          <span>
            {t("forms.sub.lang", { lang: t(`forms.lang.${one.lang === "en" ? "en" : "ja"}`) })}
          </span>
        )}
        {one.agreed && <span className={styles.agreed}>{t("forms.sub.agreed")}</span>}
      </div>
      <div className={styles.said}>
        {answers.length === 0 && <p className="quiet">{t("forms.sub.empty")}</p>}
        <dl>
          {answers.map(([key, given]) => (
            <div key={key}>
              <dt>{labels.get(key) ?? key}</dt>
              <dd>{f.list(given)}</dd>
            </div>
          ))}
        </dl>
        {one.why.length > 0 && one.state !== "accepted" && (
          <p className="warn">{f.facts(one.why)}</p>
        )}
        {one.page && <p className={styles.pageOf}>{one.page}</p>}
        {one.state === "held" && (
          <div className={styles.buttons}>
            <Button
              small
              kind="primary"
              disabled={judge.isPending}
              onClick={() => void decide(true)}
            >
              {t("forms.sub.release")}
            </Button>
            <Button small disabled={judge.isPending} onClick={() => void decide(false)}>
              {t("forms.sub.refuse")}
            </Button>
          </div>
        )}
      </div>
    </li>
  );
}
