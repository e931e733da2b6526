import { useState } from "react";
import { type Form, type QuestionResult, useFormCuts } from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { scaleOf } from "./months.ts";
import styles from "./score.module.css";
import { scoreWords } from "./scoreWords.ts";

const FEW = 8;

/** Whose score it is: the same score by channel, segment, language, page or another answer. */
export function Cuts({ ws, form, question }: { ws: string; form: Form; question: QuestionResult }) {
  const { t, f } = useLanguage();
  const [by, setBy] = useState("");
  const [all, setAll] = useState(false);
  const cuts = useFormCuts(ws, form.id, question.key, by).data;
  const asked = (form.definition?.questions ?? []).filter((one) =>
    ["one", "several"].includes(one.kind),
  );
  const ways = [
    ...(["channel", "segment", "page", "language"] as const).map((key) => ({
      key: key as string,
      label: t(`forms.cut.${key}`),
    })),
    ...asked.map(({ key, label }) => ({ key, label })),
  ];
  const named = (name: string) =>
    by === "language" ? t(`forms.lang.${name === "en" ? "en" : "ja"}`) : name;
  const shown = all ? cuts?.groups : cuts?.groups.slice(0, FEW);
  return (
    <section className={styles.cuts} aria-label={t("forms.cut")}>
      <div className={styles.cutHead}>
        <h3>{t("forms.cut")}</h3>
        {ways.map((one) => (
          <ChipButton
            key={one.key}
            on={one.key === by}
            aria-pressed={one.key === by}
            onClick={() => setBy(one.key === by ? "" : one.key)}
          >
            {one.label}
          </ChipButton>
        ))}
      </div>
      {by !== "" && !cuts && <Skeleton height={80} />}
      {by !== "" && shown && (
        <>
          {shown.length === 0 && <p className="quiet">{t(`forms.cut.none`)}</p>}
          <ul className={styles.cutRows}>
            {shown.map((one) => (
              <li key={one.name}>
                <span>{named(one.name)}</span>
                <Range kind={question.kind} interval={one.score.interval} value={one.score.value} />
                <b className="num">
                  {one.score.value === null ? "—" : scoreWords(question.kind, one.score.value)}
                </b>
                <span className="quiet num">
                  {t("forms.count", { count: f.count(one.score.answers) })}
                </span>
              </li>
            ))}
          </ul>
          {(cuts?.groups.length ?? 0) > shown.length && (
            <div>
              <Button small onClick={() => setAll(true)}>
                {t("forms.results.more", { count: f.count((cuts?.groups.length ?? 0) - FEW) })}
              </Button>
            </div>
          )}
          <p className="quiet">
            {t("forms.cut.line")}
            {(cuts?.others ?? 0) > 0 &&
              ` ${t("forms.cut.others", { count: f.count(cuts?.others ?? 0) })}`}
          </p>
        </>
      )}
    </section>
  );
}

/** A score as a dot in its 95 % range, on the whole scale. */
function Range({
  kind,
  interval,
  value,
}: {
  kind: string;
  interval: number[];
  value: number | null;
}) {
  const [from, to] = scaleOf(kind);
  const at = (v: number) => ((v - from) / (to - from)) * 100;
  const [low = from, high = to] = interval;
  return (
    <span className={styles.small} aria-hidden="true">
      <span style={{ left: `${at(low)}%`, width: `${at(high) - at(low)}%` }} />
      {value !== null && <i style={{ left: `${at(value)}%` }} />}
    </span>
  );
}
