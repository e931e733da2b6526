import { Link, useNavigate } from "@tanstack/react-router";
import { useMe, useSignOut } from "../api/useMe.ts";
import { useWorkspaces } from "../api/useWorkspaces.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Badge } from "../kit/Badge.tsx";
import { Icon } from "../kit/Icon.tsx";
import { MenuItem, menuItemClass, Popover } from "../kit/Popover.tsx";
import styles from "./PersonMenu.module.css";

/** Whoever is signed in, and what they are here; nobody where nobody signs in. */
export function PersonMenu({ ws }: { ws: string | undefined }) {
  const { t } = useLanguage();
  const me = useMe();
  const workspaces = useWorkspaces();
  const person = me.data?.person;
  if (!person) return null;
  const role = workspaces.data?.workspaces.find((one) => one.slug === ws)?.role;
  return (
    <Popover
      above
      className={styles.menu}
      label={person.name}
      trigger={(wires) => (
        <button type="button" className={styles.person} {...wires}>
          <span aria-hidden="true" className={styles.face}>
            <Badge name={person.name} label={person.name} large />
          </span>
          <span className={styles.words}>
            <b>{person.name}</b>
            {role && <span>{t(`people.role.${role}`)}</span>}
          </span>
        </button>
      )}
    >
      {(close) => <PersonItems close={close} />}
    </Popover>
  );
}

/** What one can do about oneself, as lines of a menu. */
export function PersonItems({ close }: { close: () => void }) {
  const { t } = useLanguage();
  const me = useMe();
  const signOut = useSignOut();
  const navigate = useNavigate();
  if (!me.data?.person) return null;
  return (
    <>
      <Link to="/account" className={menuItemClass} onClick={close}>
        <Icon name="person" />
        {t("frame.account")}
      </Link>
      <MenuItem
        icon={<Icon name="leave" />}
        onClick={() => signOut.mutate(false, { onSuccess: () => void navigate({ to: "/signin" }) })}
      >
        {t("frame.signOut")}
      </MenuItem>
    </>
  );
}
