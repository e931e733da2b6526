import { Link } from "@tanstack/react-router";
import { useWorkspaces } from "../api/useWorkspaces.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Icon, Signpost } from "../kit/Icon.tsx";
import { MenuRule, menuItemClass, Popover } from "../kit/Popover.tsx";
import { PersonItems } from "./PersonMenu.tsx";
import { LanguageSwitch, ThemeSwitch } from "./Preferences.tsx";
import styles from "./WorkspaceSwitch.module.css";

const PRODUCT = "Shirube";

/** Which team's map is open; the others, all goals, and a new one. */
export function WorkspaceSwitch({ ws }: { ws: string | undefined }) {
  const { t } = useLanguage();
  const { data } = useWorkspaces();
  const workspaces = data?.workspaces ?? [];
  const name = workspaces.find((one) => one.slug === ws)?.name ?? (ws ? ws : PRODUCT);
  return (
    <Popover
      className={styles.switch}
      label={t("frame.workspaces")}
      trigger={(wires) => (
        <button type="button" className={styles.current} aria-label={name} {...wires}>
          <Signpost />
          <b>{name}</b>
          <Icon name="down" size={10} />
        </button>
      )}
    >
      {(close) => (
        <>
          {workspaces.map((one) => (
            <Link
              key={one.slug}
              to="/w/$ws/map"
              params={{ ws: one.slug }}
              className={menuItemClass}
              onClick={close}
              aria-current={one.slug === ws || undefined}
            >
              {one.name}
              {one.demo && <span className={styles.demo}>{t("frame.demo")}</span>}
            </Link>
          ))}
          {workspaces.length > 0 && <MenuRule />}
          <Link to="/goals" className={menuItemClass} onClick={close}>
            <Icon name="flag" />
            {t("frame.allGoals")}
          </Link>
          <Link to="/start" className={menuItemClass} onClick={close}>
            <Icon name="plus" />
            {t("frame.newWorkspace")}
          </Link>
          {ws && (
            <Link to="/w/$ws/people" params={{ ws }} className={menuItemClass} onClick={close}>
              <Icon name="key" />
              {t("frame.people")}
            </Link>
          )}
          <div className={styles.phoneItems}>
            <PersonItems close={close} />
          </div>
          <div className={styles.phone}>
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
        </>
      )}
    </Popover>
  );
}
