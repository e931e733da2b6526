import { Link } from "@tanstack/react-router";
import { useTalkOverview } from "../api/useTalk.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Icon } from "../kit/Icon.tsx";
import styles from "./PhoneBar.module.css";
import { rooms } from "./rooms.ts";

/** The five words at the foot of a phone. */
export function PhoneBar({ ws }: { ws: string }) {
  const { t } = useLanguage();
  const unread = useTalkOverview(ws).data?.unread ?? 0;
  return (
    <nav className={styles.bar} aria-label={t("frame.screens")}>
      {rooms.map(({ key, icon, to }) => (
        <Link key={key} to={to} params={{ ws }} activeProps={{ "aria-current": "page" }}>
          <Icon name={icon} size={22} />
          {t(`frame.${key}`)}
          {key === "share" && unread > 0 && (
            <span
              className={styles.dot}
              role="img"
              aria-label={t("talk.badge", { count: unread })}
            />
          )}
        </Link>
      ))}
    </nav>
  );
}
