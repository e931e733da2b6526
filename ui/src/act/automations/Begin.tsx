import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import styles from "./automations.module.css";
import { TEMPLATES } from "./templates.ts";

/** What to begin a new automation with. */
export function Begin({ ws, onClose }: { ws: string; onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <Dialog title={t("automations.begin")} onClose={onClose} wide>
      <p className="quiet">{t("automations.begin.line")}</p>
      <ul className={styles.begin}>
        {TEMPLATES.map((key) => (
          <li key={key}>
            <Link
              to="/w/$ws/act/automations/$id"
              params={{ ws, id: "new" }}
              search={{ from: key }}
              className={styles.choice}
            >
              <b>{t(`automations.template.${key}`)}</b>
              <span>{t(`automations.template.${key}.line`)}</span>
            </Link>
          </li>
        ))}
        <li>
          <Link
            to="/w/$ws/act/automations/$id"
            params={{ ws, id: "new" }}
            className={styles.choice}
          >
            <b>{t("automations.begin.blank")}</b>
            <span>{t("automations.begin.blank.line")}</span>
          </Link>
        </li>
      </ul>
    </Dialog>
  );
}
