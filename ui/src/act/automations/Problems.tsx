import type { AutomationProblem } from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./automations.module.css";
import type { Definition } from "./definition.ts";
import type { Open } from "./Editor.tsx";
import { stepAt } from "./edit.ts";

/** Where a problem is mended. */
export function placeOf(definition: Definition, place: string): Open {
  if (place.startsWith("/trigger")) return "trigger";
  const step = stepAt(definition, place);
  return step ? { step } : "settings";
}

interface ProblemsProps {
  definition: Definition;
  problems: AutomationProblem[];
  onOpen: (open: Open) => void;
}

/** What has to be mended before it can be saved; each leads to its place. */
export function Problems({ definition, problems, onOpen }: ProblemsProps) {
  const { t } = useLanguage();
  return (
    <Notice kind="warn">
      <b>{t("automations.problems", { count: problems.length })}</b>
      <ul className={styles.problems}>
        {problems.slice(0, 8).map((one) => (
          <li key={one.place + one.what}>
            <button type="button" onClick={() => onOpen(placeOf(definition, one.place))}>
              {one.what}
            </button>{" "}
            <span className="quiet">{one.mend}</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
