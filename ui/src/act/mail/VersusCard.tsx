import type { ReactNode } from "react";
import type { Versus } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { classes } from "../../kit/classes.ts";
import { Grade } from "../../kit/Grade.tsx";
import broadcast from "./broadcast.module.css";
import styles from "./mail.module.css";
import { axisOf } from "./results.ts";

interface VersusCardProps {
  versus: Versus;
  names: string[];
  /** What else there is to say and to do. */
  children?: ReactNode;
}

/** A against B: the shares, the difference with its range, and what to make of it. */
export function VersusCard({ versus, names, children }: VersusCardProps) {
  const { t, f } = useLanguage();
  const [low, high] = versus.interval;
  const axis = low !== undefined && high !== undefined ? axisOf(low, high) : null;
  const better = versus.verdict === "higher" ? "B" : versus.verdict === "lower" ? "A" : null;
  const place = (share: number) => `${(share * 100).toFixed(2)}%`;
  return (
    <Card aria-label={t("mail.versus")}>
      <div className={styles.between}>
        <h2 className={styles.h2}>{t("mail.versus")}</h2>
        <Grade grade="randomized" label={t("mail.versus.grade")} />
      </div>
      <div className={broadcast.arms}>
        {versus.arms.map((one, n) => (
          <div
            key={one.variant}
            className={classes(broadcast.arm, one.variant === better && broadcast.best)}
          >
            <p className={styles.small}>
              <b>{one.variant}</b> {names[n]}
            </p>
            <p>
              <b className={broadcast.big}>
                {one.people > 0 ? f.amount(one.did / one.people, "%") : "—"}
              </b>{" "}
              <span className={`${styles.small} quiet`}>
                {t("mail.versus.of", {
                  did: f.count(one.did),
                  sent: f.count(one.people),
                })}
              </span>
            </p>
          </div>
        ))}
      </div>
      {axis && low !== undefined && high !== undefined && (
        <div className={broadcast.axis} aria-hidden="true">
          <i style={{ left: place(axis.low), width: place(axis.high - axis.low) }} />
          <u style={{ left: place(axis.zero) }}>
            <span>{t("mail.versus.zero")}</span>
          </u>
          <em style={{ left: place(axis.low) }}>{f.difference(low, "%")}</em>
          <em style={{ left: place(axis.high) }}>{f.difference(high, "%")}</em>
          <s style={{ left: place(axis.at(versus.difference)) }} />
        </div>
      )}
      <p className={broadcast.says}>{versus.sentence}</p>
      {axis && (
        <p className={`${styles.small} quiet`}>
          {t("mail.versus.line", { what: t(`mail.by.${versus.by}`, { kpi: versus.kpi }) })}
        </p>
      )}
      {children}
    </Card>
  );
}
