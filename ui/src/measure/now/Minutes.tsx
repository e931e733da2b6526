import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import styles from "./now.module.css";

interface MinutesProps {
  /** Views of each minute, the oldest first. */
  minutes: number[];
  height: number;
}

/** The last half hour, the running minute in 藍. */
export function Minutes({ minutes, height }: MinutesProps) {
  const { t, f } = useLanguage();
  const most = Math.max(1, ...minutes);
  const all = minutes.reduce((sum, one) => sum + one, 0);
  return (
    <div className={styles.minutes}>
      <div
        role="img"
        aria-label={t("now.minutes", { count: f.count(all) })}
        className={styles.bars}
        style={{ height }}
      >
        {minutes.map((count, i) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: a minute is its place
            key={i}
            title={t("now.minute", { ago: minutes.length - 1 - i, count: f.count(count) })}
            style={{ height: count === 0 ? 1 : `${Math.max(6, (100 * count) / most)}%` }}
          />
        ))}
      </div>
      <p>
        <span>{t("now.halfHour")}</span>
        <span>{t("now.now")}</span>
      </p>
    </div>
  );
}
