import type { ScoreReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import styles from "./beside.module.css";

/** How the program's own probabilities did: of what it called 70 %, seven in ten should come true. */
export function Scorekeeping({ score }: { score: ScoreReply }) {
  const { t } = useLanguage();
  return (
    <section>
      <h3 className={styles.title}>{t("score.title")}</h3>
      <p className={styles.line}>{score.sentence}</p>
      {score.count > 0 && <Reliability bins={score.bins} />}
    </section>
  );
}

const SIDE = 160;
const LEFT = 36;
const FOOT = 36;

/** What was said against what came; on the diagonal is right. */
function Reliability({ bins }: { bins: ScoreReply["bins"] }) {
  const { t, f } = useLanguage();
  const most = Math.max(...bins.map((bin) => bin.count));
  const x = (share: number) => LEFT + share * SIDE;
  const y = (share: number) => 8 + (1 - share) * SIDE;
  return (
    <svg
      width={LEFT + SIDE + 24}
      height={SIDE + FOOT + 8}
      role="img"
      aria-label={t("score.chart")}
      className={styles.reliability}
    >
      <path d={`M${x(0)} ${y(0)}H${x(1)}`} stroke="var(--g3)" />
      <path d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} stroke="var(--g3)" strokeDasharray="2 3" />
      {bins.map((bin) =>
        bin.count === 0 || bin.said === null || bin.came === null ? null : (
          <circle
            key={bin.from}
            cx={x(bin.said)}
            cy={y(bin.came)}
            r={3 + 5 * Math.sqrt(bin.count / most)}
            fill="var(--ai)"
            fillOpacity="0.75"
          >
            <title>
              {t("score.point", {
                said: f.percent(bin.said),
                count: bin.count,
                came: f.percent(bin.came),
              })}
            </title>
          </circle>
        ),
      )}
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <text x={x(share)} y={y(0) + 16} textAnchor="middle">
            {f.percent(share)}
          </text>
          {share > 0 && (
            <text x={LEFT - 6} y={y(share) + 4} textAnchor="end">
              {f.percent(share)}
            </text>
          )}
        </g>
      ))}
      <text x={x(0.5)} y={y(0) + 32} textAnchor="middle">
        {t("score.said")}
      </text>
      <text x={x(0) + 6} y={y(1) + 4}>
        {t("score.came")}
      </text>
    </svg>
  );
}
