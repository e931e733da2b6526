import { Link } from "@tanstack/react-router";
import { useTalkOverview } from "../api/useTalk.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { classes } from "../kit/classes.ts";
import { Icon } from "../kit/Icon.tsx";
import { Tooltip } from "../kit/Tooltip.tsx";
import { PersonMenu } from "./PersonMenu.tsx";
import { LanguageSwitch, ThemeSwitch } from "./Preferences.tsx";
import styles from "./Rail.module.css";
import { rooms } from "./rooms.ts";
import { WorkspaceSwitch } from "./WorkspaceSwitch.tsx";

/** The five words with one line each, the workspace above, language and colours below. */
export function Rail({ ws }: { ws: string | undefined }) {
  const { t } = useLanguage();
  const unread = useTalkOverview(ws).data?.unread ?? 0;
  return (
    <nav className={styles.rail} aria-label={t("frame.screens")}>
      <WorkspaceSwitch ws={ws} />
      <ul>
        {rooms.map(({ key, icon, to }) => {
          const words = (
            <>
              <Icon name={icon} size={20} />
              <span>
                <b>
                  {t(`frame.${key}`)}
                  {key === "share" && unread > 0 && (
                    <span
                      className={styles.badge}
                      role="img"
                      aria-label={t("talk.badge", { count: unread })}
                    >
                      {unread}
                    </span>
                  )}
                </b>
                <span>{t(`frame.${key}.line`)}</span>
              </span>
            </>
          );
          return (
            <li key={key}>
              {ws ? (
                <Link
                  to={to}
                  params={{ ws }}
                  className={styles.room}
                  activeProps={{ "aria-current": "page" }}
                >
                  {words}
                </Link>
              ) : (
                <Tooltip text={t("frame.soon")} side="right">
                  {(wires) => (
                    <button
                      type="button"
                      className={classes(styles.room, styles.soon)}
                      aria-disabled="true"
                      {...wires}
                    >
                      {words}
                    </button>
                  )}
                </Tooltip>
              )}
            </li>
          );
        })}
      </ul>
      <PersonMenu ws={ws} />
      <div className={styles.below}>
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </nav>
  );
}
