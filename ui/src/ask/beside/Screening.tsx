import { useState } from "react";
import type { Candidate, Status } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Grade } from "../../kit/Grade.tsx";
import { Mark } from "../../kit/Mark.tsx";
import styles from "./beside.module.css";

const MARKS = {
  moves: "on-pace",
  "does-not-move": "missed",
  "cannot-tell": "too-early",
} as const satisfies Record<string, Status>;
type Verdict = keyof typeof MARKS;

/** As many as one reads at a glance. */
const FEW = 5;

/** Measured numbers that are not on the map: whether they move the goal. */
export function Screening({ list }: { list: Candidate[] }) {
  const { t } = useLanguage();
  const [all, setAll] = useState(false);
  const shown = all ? list : list.slice(0, FEW);
  return (
    <section>
      <h3 className={styles.title}>{t("screening.title")}</h3>
      <p className={styles.line}>{list.length === 0 ? t("screening.none") : t("screening.line")}</p>
      <ul className={styles.rows}>
        {shown.map((one) => (
          <Row key={one.metric} one={one} />
        ))}
      </ul>
      {list.length > shown.length && (
        <Button kind="quiet" small icon="down" onClick={() => setAll(true)}>
          {t("screening.more", { count: list.length - shown.length })}
        </Button>
      )}
    </section>
  );
}

function Row({ one }: { one: Candidate }) {
  const { t, f } = useLanguage();
  const verdict: Verdict = one.verdict in MARKS ? (one.verdict as Verdict) : "cannot-tell";
  return (
    <li>
      <div className={styles.name}>
        <b>{one.name}</b>
        <span className={styles.verdict} data-verdict={verdict}>
          <Mark status={MARKS[verdict]} size={14} silent />
          {t(`screening.verdict.${verdict}`)}
        </span>
      </div>
      <p>{one.sentence}</p>
      <Grade
        grade={one.grade}
        label={f.facts([one.grade_label, t("screening.days", { count: f.count(one.n_days) })])}
      />
    </li>
  );
}
