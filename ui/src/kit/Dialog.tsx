import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { IconButton } from "./Button.tsx";
import { classes } from "./classes.ts";
import styles from "./Dialog.module.css";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the bottom; the primary one first. */
  actions?: ReactNode;
  wide?: boolean;
}

/** A sheet over the screen; Esc and the cross close it. Render it only while it is open. */
export function Dialog({ title, onClose, children, actions, wide }: DialogProps) {
  const { t } = useLanguage();
  const id = useId();
  const sheet = useRef<HTMLDialogElement>(null);
  // Closed while it is still on the page, it gives the keyboard back to what had opened it.
  useLayoutEffect(() => {
    const dialog = sheet.current;
    dialog?.showModal?.();
    return () => dialog?.close?.();
  }, []);
  return (
    <dialog
      ref={sheet}
      aria-labelledby={id}
      className={classes(styles.dialog, wide && styles.wide)}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        <IconButton icon="close" label={t("kit.close")} bare onClick={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
      {actions && <footer className={styles.foot}>{actions}</footer>}
    </dialog>
  );
}
