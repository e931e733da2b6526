import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { buttonClass } from "../kit/Button.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useLanguage();
  return (
    <main>
      <h1 className="sr">Shirube</h1>
      <EmptyState title={t("frame.notFound")} line={t("frame.notFound.line")}>
        <Link to="/" className={buttonClass("primary")}>
          {t("frame.backHome")}
        </Link>
      </EmptyState>
    </main>
  );
}

/** A screen that broke: it says so and shows what to pass on. */
export function Crashed({ error }: ErrorComponentProps) {
  const { t } = useLanguage();
  return (
    <div role="alert">
      <EmptyState title={t("frame.crashed")} line={t("frame.crashed.line")}>
        <code>{error instanceof Error ? error.message : String(error)}</code>
      </EmptyState>
    </div>
  );
}
