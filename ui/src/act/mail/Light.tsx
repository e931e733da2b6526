import type { PreflightCheck } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Mark } from "../../kit/Mark.tsx";
import styles from "./mail.module.css";

const MARKS = { green: "met", amber: "behind", red: "missed" } as const;

/** How a check ended: the marks of the map, with words of their own. */
export function Light({ light }: { light: PreflightCheck["light"] }) {
  const { t } = useLanguage();
  return (
    <span className={styles.light}>
      <Mark status={MARKS[light]} silent />
      <span className="sr">{t(`mail.light.${light}`)}</span>
    </span>
  );
}
