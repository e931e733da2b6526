import type { VisitNumbers, VisitsReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { Define } from "../parts/Define.tsx";
import { type Figure, figureOf, figures, GOOD, relative, tells } from "./change.ts";
import styles from "./overview.module.css";
import { useFigureWords } from "./useFigureWords.ts";

interface FiguresProps {
  reply: VisitsReply;
  /** The same about days that are over, with what they are compared with; null: nothing to compare. */
  whole: VisitsReply | null;
  /** Whose days the chart below shows. */
  shown: Figure;
  onShow: (figure: Figure) => void;
}

/** The five numbers; each can be asked how it is counted, and pressed to see its days. */
export function Figures({ reply, whole, shown, onShow }: FiguresProps) {
  const { t } = useLanguage();
  const words = useFigureWords();
  return (
    <ul className={styles.figures} aria-label={t("overview.figures")}>
      {figures.map((figure) => {
        const { number, unit } = words.parts(figure, figureOf(reply.totals, figure));
        // Nobody can know different people over several days without cookies; it is said, not hidden.
        const added = figure === "visitors" && reply.totals.visitors === null;
        const key = added ? "daily_visitors" : DEFINED[figure];
        return (
          <li key={figure} className={classes(figure === shown && styles.on)}>
            <div className={styles.name}>
              <button
                type="button"
                aria-pressed={figure === shown}
                onClick={() => onShow(figure)}
                title={t("overview.figure.days")}
              >
                {words.name(figure, added)}
              </button>
              <Define definition={reply.definitions[key]} />
            </div>
            <p className={styles.value}>
              <span className="num">
                {number}
                <small>{unit}</small>
              </span>
            </p>
            <p className={styles.change}>
              {whole?.before ? (
                <Change figure={figure} now={whole.totals} before={whole.before} />
              ) : (
                " "
              )}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

const DEFINED: Record<Figure, string> = {
  visitors: "visitors",
  visits: "visits",
  views: "views",
  bounce_rate: "bounces",
  engaged_seconds: "engaged",
};

function Change({
  figure,
  now,
  before,
}: {
  figure: Figure;
  now: VisitNumbers;
  before: VisitNumbers;
}) {
  const { t, f } = useLanguage();
  const words = useFigureWords();
  const [a, b] = [figureOf(now, figure), figureOf(before, figure)];
  const change = relative(a, b);
  if (a === null || b === null || change === null) return <>{t("overview.change.none")}</>;
  const sure = tells(figure, now, before);
  const good = Math.sign(a - b) === GOOD[figure];
  const text = figure === "bounce_rate" ? f.difference(a - b, "%") : f.relative(change);
  return (
    <>
      {t("overview.change.before", { value: words.amount(figure, b) })}{" "}
      <b
        className={classes(sure && (good ? "good" : "bad"))}
        title={sure ? undefined : t("overview.change.chance")}
      >
        {text}
      </b>
    </>
  );
}

/** The shape of the numbers while they are coming. */
export function FiguresSkeleton() {
  return (
    <ul className={styles.figures}>
      {figures.map((figure) => (
        <li key={figure}>
          <Skeleton width={64} height={20} />
          <div className={styles.value}>
            <Skeleton width={96} height={35} />
          </div>
          <Skeleton width={112} height={19} />
        </li>
      ))}
    </ul>
  );
}
