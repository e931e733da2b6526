import { Link } from "@tanstack/react-router";
import { useState } from "react";
import {
  type Form,
  type QuestionResult,
  useFormVoices,
  type VoiceGroup,
} from "../../api/useForms.ts";
import { usePeopleSegments } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import styles from "./forms.module.css";

/** What people wrote, by how they answered, by words, by segment. */
export function Voices({
  ws,
  form,
  question,
}: {
  ws: string;
  form: Form;
  /** The question of the score. */
  question: QuestionResult;
}) {
  const { t, f } = useLanguage();
  const [group, setGroup] = useState<VoiceGroup>("");
  const [text, setText] = useState("");
  const [segment, setSegment] = useState("");
  const segments = usePeopleSegments(ws).data?.segments ?? [];
  const asked = { question: question.key, group, text: useSettled(text.trim(), 250), segment };
  const voices = useFormVoices(ws, form.id, asked);
  const groups =
    question.kind === "nps"
      ? (["promoters", "passives", "detractors"] as const)
      : (["satisfied", "neutral", "dissatisfied"] as const);
  return (
    <Card className={`${styles.part} ${styles.wide}`}>
      <div className={styles.partHead}>
        <h2>{t("forms.results.texts")}</h2>
        <fieldset className={styles.chips} aria-label={t("forms.voices.group")}>
          {(["", "good", "middle", "poor"] as const).map((one, at) => (
            <ChipButton
              key={one}
              on={one === group}
              aria-pressed={one === group}
              onClick={() => setGroup(one)}
            >
              {at === 0 ? t("forms.voices.all") : t(`forms.results.${groups[at - 1] ?? "neutral"}`)}
            </ChipButton>
          ))}
        </fieldset>
      </div>
      <div className={styles.two}>
        <Field
          label={t("forms.voices.text")}
          value={text}
          maxLength={100}
          onChange={(event) => setText(event.target.value)}
        />
        {segments.length > 0 && (
          <Select
            label={t("forms.voices.segment")}
            value={segment}
            options={[
              { value: "", label: t("forms.voices.everybody") },
              ...segments.map((one) => ({ value: one.id, label: one.name })),
            ]}
            onChange={(event) => setSegment(event.target.value)}
          />
        )}
      </div>
      {voices.error && <Failed error={voices.error} retry={() => void voices.refetch()} />}
      {voices.isPending && <Skeleton height={120} />}
      {voices.data && (
        <>
          <output className="quiet">
            {t("forms.voices.of", { count: f.count(voices.data.of) })}
          </output>
          <ul className={styles.texts}>
            {voices.data.voices.map((one) => (
              <li key={`${one.sent_at} ${one.question} ${one.text}`}>
                <p>{one.text}</p>
                <span className="quiet">
                  {f.facts(
                    [
                      one.answer && t("forms.voices.answer", { answer: one.answer }),
                      f.time(new Date(one.sent_at).toISOString()),
                    ].filter(Boolean),
                  )}
                </span>
                {one.contact && (
                  <Link
                    to="/w/$ws/act/contacts/$id"
                    params={{ ws, id: one.contact }}
                    className={styles.voiceOf}
                  >
                    {t("forms.voices.who")}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
