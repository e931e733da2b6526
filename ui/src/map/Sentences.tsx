import { useState } from "react";
import type { Sentence } from "../api/types.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { classes } from "../kit/classes.ts";
import { Icon } from "../kit/Icon.tsx";
import { Mark } from "../kit/Mark.tsx";
import styles from "./Sentences.module.css";

interface SentencesProps {
  sentences: Sentence[];
  onOpen: (indicator: string) => void;
  /** Less room beside the open drawer. */
  small?: boolean;
}

/** Where we stand, what changed, what to do: three sentences, each leading to its indicator. */
export function Sentences({ sentences, onOpen, small }: SentencesProps) {
  const { t } = useLanguage();
  const [page, setPage] = useState(0);
  if (sentences.length === 0) return null;
  return (
    <section
      className={classes(styles.three, small && styles.small)}
      aria-label={t("map.sentences")}
    >
      {sentences.map((sentence, i) => (
        <div key={sentence.kind} className={classes(styles.one, i === page && styles.onPhone)}>
          <p className={styles.kind}>
            {sentence.mark ? (
              <Mark status={sentence.mark} size={14} />
            ) : (
              <Icon name="act" size={14} />
            )}
            {t(`map.sentence.${sentence.kind}`)}
          </p>
          <p className={styles.text}>
            {sentence.parts.map((part, n) =>
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence keep their order
              part.strong ? <b key={n}>{part.text}</b> : part.text,
            )}
          </p>
          {sentence.indicator && (
            <button
              type="button"
              className={styles.open}
              aria-label={sentence.parts.map((part) => part.text).join("")}
              onClick={() => sentence.indicator && onOpen(sentence.indicator)}
            />
          )}
        </div>
      ))}
      <div className={styles.pager}>
        {sentences.map((sentence, i) => (
          <button
            key={sentence.kind}
            type="button"
            aria-label={t(`map.sentence.${sentence.kind}`)}
            aria-current={i === page || undefined}
            onClick={() => setPage(i)}
          />
        ))}
      </div>
    </section>
  );
}
