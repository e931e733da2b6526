import { Outlet, useParams } from "@tanstack/react-router";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import styles from "./Frame.module.css";
import { PhoneBar } from "./PhoneBar.tsx";
import { Rail } from "./Rail.tsx";

/** Rail at the left, the room at the right; on a phone the five words at the foot. */
export function Frame() {
  const { t } = useLanguage();
  const { ws } = useParams({ strict: false });
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {t("frame.skip")}
      </a>
      <Rail ws={ws} />
      <main id="content" className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
      {ws && <PhoneBar ws={ws} />}
    </div>
  );
}
