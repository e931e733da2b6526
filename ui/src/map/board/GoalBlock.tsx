import type { MapReply } from "../../api/types.ts";
import { useAgreed } from "../../frame/top/useAgreed.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import styles from "./Board.module.css";

/** The management goal above the KGI, and who agreed to it. */
export function GoalBlock({
  reply,
  at,
}: {
  reply: MapReply;
  at: { x: number; y: number; w: number };
}) {
  const { t } = useLanguage();
  const { agreed } = reply.model;
  const names = useAgreed(agreed);
  return (
    <div className={styles.goal} style={{ left: at.x, top: at.y, width: at.w }}>
      <span>{t("map.goal")}</span>
      <b>{reply.goal.name || t("map.kgi.noTarget")}</b>
      <span>{agreed.length > 0 ? names : reply.agreement.short}</span>
    </div>
  );
}
