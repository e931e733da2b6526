import { Link } from "@tanstack/react-router";
import type { Decision } from "../../api/useReviews.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import styles from "./minutes.module.css";

/** Who looks after it, by when, and the version of the map it made. */
export function Meta({ ws, one }: { ws: string; one: Decision }) {
  const { t, f } = useLanguage();
  const words = [
    ...(one.owner ? [t("reviews.owner.is", { name: one.owner })] : []),
    ...(one.due ? [t("reviews.due.is", { day: f.day(one.due) })] : []),
  ];
  return (
    <span className={styles.meta}>
      {f.facts(words)}
      {one.version !== null && (
        <Link to="/w/$ws/versions" params={{ ws }}>
          {t("versions.version", { version: one.version })}
        </Link>
      )}
      {one.initiative && (
        <Link to="/w/$ws/act/initiatives/$id" params={{ ws, id: one.initiative }}>
          {t("reviews.initiative.see")}
        </Link>
      )}
    </span>
  );
}
