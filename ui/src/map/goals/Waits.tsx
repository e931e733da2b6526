import type { GoalsReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import styles from "./goals.module.css";

type GoalWorkspace = GoalsReply["goals"][number]["workspaces"][number];

/** What waits in a workspace: what is at stake, questions, the agreement. */
export function Waits({ workspace }: { workspace: GoalWorkspace }) {
  const { t } = useLanguage();
  const { stake, measuring, agreement, unread, waiting } = workspace;
  if (!agreement) return null; // a guest hears of the goal alone
  const facts = [
    unread > 0 && t("goals.unread", { n: unread }),
    waiting > 0 && t("goals.waiting", { n: waiting }),
  ].filter((one) => one !== false);
  return (
    <div className={styles.waits}>
      <p className={styles.stake}>
        {measuring
          ? t("goals.stake.measuring")
          : stake && stake.findings > 0
            ? stake.sentence
            : t("goals.stake.none")}
      </p>
      <p className={styles.facts}>
        {!measuring && stake && stake.findings > 0 && (
          <span>{t("goals.stake", { n: stake.findings })}</span>
        )}
        {facts.map((one) => (
          <span key={one} className={styles.new}>
            {one}
          </span>
        ))}
        <span className={classes(agreement.standing !== "agreed" && styles.unsure)}>
          {agreement.short}
        </span>
      </p>
    </div>
  );
}
