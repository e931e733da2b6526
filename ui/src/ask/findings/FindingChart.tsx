import type { FindingChart as Chart, Status } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Mark } from "../../kit/Mark.tsx";
import styles from "./findings.module.css";
import { LevelChart } from "./LevelChart.tsx";
import { StrengthChart } from "./StrengthChart.tsx";

/** The small picture beside a finding: how high, how strong, how many days, or what is missing. */
export function FindingChart({ chart }: { chart: Chart }) {
  switch (chart.kind) {
    case "level":
      return <LevelChart chart={chart} />;
    case "strength":
      return <StrengthChart chart={chart} />;
    case "days":
      return <DaysChart chart={chart} />;
    case "checks":
      return <Checks chart={chart} />;
  }
}

function DaysChart({ chart }: { chart: Chart }) {
  const { t, f } = useLanguage();
  if (chart.have === null || chart.need === null || chart.need <= 0) return null;
  const share = Math.min(1, chart.have / chart.need);
  return (
    <div className={styles.days}>
      <div className={styles.head}>
        <span>{t("ask.chart.days")}</span>
        <span>
          <b>{f.count(chart.have)}</b> / {t("ask.chart.need", { need: f.count(chart.need) })}
        </span>
      </div>
      <div className={styles.gauge}>
        <i style={{ width: `${share * 100}%` }} />
      </div>
      <p className={styles.today}>
        <span style={{ left: `clamp(20px, ${share * 100}%, calc(100% - 20px))` }}>
          {t("ask.chart.today")}
        </span>
      </p>
      {chart.by && <p className={styles.by}>{t("ask.chart.by", { day: f.day(chart.by) })}</p>}
    </div>
  );
}

const STATES: Record<Chart["checks"][number]["state"], Status> = {
  ok: "on-pace",
  no: "missed",
  wait: "too-early",
};

function Checks({ chart }: { chart: Chart }) {
  const { t } = useLanguage();
  return (
    <ul className={styles.checks}>
      {chart.checks.map((check) => (
        <li key={check.label}>
          <Mark status={STATES[check.state]} size={14} silent />
          <span className="sr">{t(`ask.check.${check.state}`)}</span>
          <span>{check.label}</span>
          <small>{check.note}</small>
        </li>
      ))}
    </ul>
  );
}
