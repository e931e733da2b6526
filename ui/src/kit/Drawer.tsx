import { type ReactNode, useEffect, useRef } from "react";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { IconButton } from "./Button.tsx";
import styles from "./Drawer.module.css";

interface DrawerProps {
  /** What it is about; names the region. */
  label: string;
  onClose: () => void;
  /** The line above the title. */
  eyebrow?: ReactNode;
  /** Header below the eyebrow. */
  header?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
}

/** A page beside the screen, 440 px; on a phone it covers the screen. Esc closes it. */
export function Drawer({ label, onClose, eyebrow, header, children, footer }: DrawerProps) {
  const { t } = useLanguage();
  const region = useRef<HTMLElement>(null);
  // Focus goes in once; it must not jump when the drawer shows the next indicator.
  useEffect(() => region.current?.focus({ preventScroll: true }), []);
  return (
    <aside
      ref={region}
      className={styles.drawer}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className={styles.head}>
        <div className={styles.eyebrow}>
          <span>{eyebrow}</span>
          <IconButton icon="close" label={t("kit.close")} bare onClick={onClose} />
        </div>
        {header}
      </div>
      {children}
      {footer && <footer className={styles.foot}>{footer}</footer>}
    </aside>
  );
}
