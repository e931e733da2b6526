import { ApiError } from "../api/client.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { filePlace } from "./filePlace.ts";
import styles from "./measure.module.css";

/** What is wrong in the file: line and column at the left, what to do at the right. */
export function ProblemList({ error }: { error: unknown }) {
  const { t } = useLanguage();
  const problems = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  if (problems.length === 0) return null;
  return (
    <ul className={styles.problems}>
      {problems.map((one) => {
        const place = filePlace(one.location);
        return (
          <li key={`${one.location} ${one.message}`}>
            <b className="nw">
              {place ? t("measure.import.place", { line: place.line, col: place.col }) : ""}
            </b>
            <span>{one.message}</span>
          </li>
        );
      })}
    </ul>
  );
}
