import { Link } from "@tanstack/react-router";
import { useIntake } from "../../api/useIntake.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./intake.module.css";

/** How the events stand, in a line; who may not look into single events does not see it. */
export function IntakeLine({ ws }: { ws: string }) {
  const { t, f } = useLanguage();
  const { data, isPending } = useIntake(ws);
  // A place is kept, so that nothing moves when it comes.
  if (!data) return isPending ? <p className={styles.line}> </p> : null;
  const refused = data.refused.reduce((sum, one) => sum + one.count, 0);
  const link = (
    <Link to="/w/$ws/measure/intake" params={{ ws }} search className={buttonClass("text", true)}>
      {t("intake.see")}
    </Link>
  );
  if (data.state !== "ok")
    return (
      <Notice kind="warn" actions={link}>
        {data.sentence}
      </Notice>
    );
  return (
    <p className={styles.line}>
      {refused > 0 ? t("intake.some", { count: f.count(refused) }) : data.sentence}
      {link}
    </p>
  );
}
