import type { ReactNode } from "react";
import { ApiError } from "../api/client.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "./Button.tsx";
import styles from "./EmptyState.module.css";

interface EmptyStateProps {
  title: string;
  /** What will be here, in one line. */
  line?: string;
  /** The one step that fills it. */
  children?: ReactNode;
}

/** An empty screen says what will be here and offers the one step. */
export function EmptyState({ title, line, children }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <h2>{title}</h2>
      {line && <p className="quiet">{line}</p>}
      {children && <div className={styles.step}>{children}</div>}
    </div>
  );
}

interface FailedProps {
  error: unknown;
  retry?: () => void;
}

/** What could not be loaded, why, and the one thing to do. */
export function Failed({ error, retry }: FailedProps) {
  const { t } = useLanguage();
  const why = error instanceof ApiError ? error.message : t("kit.failed.offline");
  return (
    <div role="alert">
      <EmptyState title={t("kit.failed")} line={why}>
        {retry && <Button onClick={retry}>{t("kit.retry")}</Button>}
      </EmptyState>
    </div>
  );
}
