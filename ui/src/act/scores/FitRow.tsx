import type { FitRule } from "../../api/useScores.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { ConditionBuilder } from "../conditions/ConditionBuilder.tsx";
import { RuleLine } from "./RuleLine.tsx";
import styles from "./scores.module.css";

interface FitRowProps {
  ws: string;
  rule: FitRule;
  judged?: string | undefined;
  problems: { path: string; message: string }[];
  readOnly: boolean;
  onChange: (rule: FitRule) => void;
  onRemove: () => void;
}

/** What somebody is, and the points it gives as long as it is so. */
export function FitRow({ ws, rule, judged, problems, readOnly, onChange, onRemove }: FitRowProps) {
  const { t } = useLanguage();
  return (
    <li className={styles.rule}>
      <RuleLine
        rule={rule}
        example={t("scores.fit.name.example")}
        readOnly={readOnly}
        onChange={onChange}
        onRemove={onRemove}
      />
      <fieldset disabled={readOnly} className={styles.condition}>
        <legend className="sr">{t("scores.fit.if")}</legend>
        <ConditionBuilder
          ws={ws}
          value={rule.if}
          onChange={(next) => onChange({ ...rule, if: next })}
          problems={problems
            .filter((one) => one.path.startsWith("if."))
            .map((one) => ({ path: one.path.slice(3), message: one.message }))}
        />
      </fieldset>
      {judged && <span className={styles.small}>{judged}</span>}
      {problems
        .filter((one) => !one.path.startsWith("if."))
        .map((one) => (
          <p key={one.path + one.message} className={styles.error}>
            {one.message}
          </p>
        ))}
    </li>
  );
}
