import type { Template } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import styles from "./start.module.css";

interface EquationProps {
  template: Template | null;
  /** The KGI in the reader's own words. */
  goalName: string;
}

/** The map the template makes, as school-book equations: the KGI large, the next level small. */
export function Equation({ template, goalName }: EquationProps) {
  const { t } = useLanguage();
  const shape = template?.shape ?? [];
  const root = shape.findIndex((node) => node.parent === -1);
  const inputs = (of: number) =>
    shape.flatMap((node, i) => (node.parent === of && i !== of ? [{ node, i }] : []));
  const second = root < 0 ? [] : inputs(root).filter(({ i }) => inputs(i).length > 0);
  return (
    <section className={styles.preview}>
      <div>
        <b>{t("start.preview")}</b>
        {!template && <p className={`quiet ${styles.small}`}>{t("start.preview.blank")}</p>}
      </div>
      <div className={styles.equation}>
        <span className={classes(styles.box, styles.key)}>
          {goalName.trim() || template?.kgi_name || t("start.goal.what")}
        </span>
        {root >= 0 && inputs(root).length > 0 && (
          <Right parts={inputs(root).map(({ node }) => node.name)} sign={shape[root]?.operator} />
        )}
      </div>
      {second.length > 0 && (
        <div className={styles.minor}>
          {second.map(({ node, i }) => (
            <div key={node.name} className={styles.equation}>
              <span className="quiet">{node.name}</span>
              <Right parts={inputs(i).map((one) => one.node.name)} sign={node.operator} />
            </div>
          ))}
        </div>
      )}
    </section>
  );
}

function Right({ parts, sign }: { parts: string[]; sign: string | null | undefined }) {
  return (
    <>
      <i>＝</i>
      {parts.map((part, i) => (
        <span key={part} className={styles.equation}>
          {i > 0 && <i>{sign === "ƒ" || !sign ? "," : sign}</i>}
          <span className={styles.box}>{part}</span>
        </span>
      ))}
    </>
  );
}
