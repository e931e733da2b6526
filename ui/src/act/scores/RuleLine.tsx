import type { ReactNode } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { IconButton } from "../../kit/Button.tsx";
import { NumberBox } from "./NumberBox.tsx";
import styles from "./scores.module.css";

interface RuleLineProps<Rule> {
  rule: Rule;
  example: string;
  readOnly: boolean;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
  /** What it asks for, before its name. */
  children?: ReactNode;
}

/** The first line of every rule: its name, its points, and the way to be rid of it. */
export function RuleLine<Rule extends { name: string; points: number }>({
  rule,
  example,
  readOnly,
  onChange,
  onRemove,
  children,
}: RuleLineProps<Rule>) {
  const { t } = useLanguage();
  return (
    <fieldset disabled={readOnly} className={styles.line}>
      <legend className="sr">{rule.name || t("scores.rule.new")}</legend>
      {children}
      <input
        className={styles.box}
        aria-label={t("scores.rule.name")}
        placeholder={example}
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
  );
}
