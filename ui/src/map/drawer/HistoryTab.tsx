import type { IndicatorDetail } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import styles from "./Drawer.module.css";

/** The versions of the model that touched it, newest first. */
export function HistoryTab({ detail }: { detail: IndicatorDetail }) {
  const { t, f } = useLanguage();
  if (detail.history.length === 0) return <p className={styles.note}>{t("drawer.history.none")}</p>;
  return (
    <ol className={styles.history}>
      {detail.history.map((touch) => (
        <li key={touch.version}>
          <b>{t("map.version", { version: touch.version })}</b>
          <span className="quiet">
            {touch.author
              ? t("drawer.history.by", { time: f.time(touch.created_at), author: touch.author })
              : f.time(touch.created_at)}
          </span>
          {touch.note && <p>{touch.note}</p>}
          {touch.changes.map((change) => (
            <p key={change}>{change}</p>
          ))}
        </li>
      ))}
    </ol>
  );
}
