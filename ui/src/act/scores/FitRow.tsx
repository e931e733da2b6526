import type { FitRule } from "../../api/useScores.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { IconButton } from "../../kit/Button.tsx";
import { ConditionBuilder } from "../conditions/ConditionBuilder.tsx";
import { NumberBox } from "./NumberBox.tsx";
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
      <fieldset disabled={readOnly} className={styles.line}>
        <legend className="sr">{rule.name || t("scores.rule.new")}</legend>
        <input
          className={styles.box}
          aria-label={t("scores.rule.name")}
          placeholder={t("scores.fit.name.example")}
          value={rule.name}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => onChange({ ...rule, name: event.target.value })}
        />
        <span className={styles.points}>
          <NumberBox
            label={t("scores.rule.points")}
            value={rule.points}
            least={-1000}
            most={1000}
            onChange={(points) => onChange({ ...rule, points: points ?? 0 })}
          />
          {t("scores.unit")}
        </span>
        {!readOnly && (
          <IconButton icon="trash" bare label={t("scores.rule.remove")} onClick={onRemove} />
        )}
      </fieldset>
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
