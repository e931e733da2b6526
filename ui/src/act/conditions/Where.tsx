import type { ConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { MAX_WHERE, type Property } from "./condition.ts";
import styles from "./conditions.module.css";
import { PropertyWords } from "./PropertyWords.tsx";

interface WhereProps {
  where: Property[];
  /** What events came with. */
  details: ConditionChoices["details"];
  onChange: (where: Property[]) => void;
}

/** Which of the times something was done count, by what it came with. */
export function Where({ where, details, onChange }: WhereProps) {
  const { t } = useLanguage();
  return (
    <>
      {where.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own, and are controlled
        <span key={i} className={styles.where}>
          <PropertyWords
            line="where"
            property={one}
            keys={details.map(({ id, name }) => ({
              key: id,
              label: name,
              kind: "text" as const,
              values: [],
            }))}
            owners={[]}
            onChange={(next) => onChange(where.with(i, next))}
          />
          <IconButton
            icon="close"
            bare
            label={t("conditions.removeWhere")}
            onClick={() => onChange(where.toSpliced(i, 1))}
          />
        </span>
      ))}
      {where.length < MAX_WHERE && (
        <Button
          kind="text"
          small
          className={styles.narrow}
          onClick={() => onChange([...where, { key: "", op: "is", values: [] }])}
        >
          {t("conditions.addWhere")}
        </Button>
      )}
    </>
  );
}
