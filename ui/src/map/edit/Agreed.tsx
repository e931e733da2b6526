import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Field } from "../../kit/Field.tsx";
import styles from "./edit.module.css";
import type { TargetForm } from "./targetForm.ts";

interface AgreedProps {
  agreed: TargetForm["agreed"];
  onChange: (agreed: TargetForm["agreed"]) => void;
}

/** Who agreed to the target, and when; or that nobody did. */
export function Agreed({ agreed, onChange }: AgreedProps) {
  const { t } = useLanguage();
  const set = (at: number, change: Partial<TargetForm["agreed"][number]>) =>
    onChange(agreed.map((one, i) => (i === at ? { ...one, ...change } : one)));
  return (
    <div className={styles.stack} style={{ gap: 8 }}>
      <p className={styles.legend}>{t("edit.target.agreed")}</p>
      {agreed.length === 0 && (
        <p className={`quiet ${styles.small}`}>{t("edit.target.agreed.nobody")}</p>
      )}
      {agreed.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity while typed
        <div key={i} className={styles.inputs}>
          <Field
            label={t("edit.target.agreed.by")}
            value={one.by}
            onChange={(event) => set(i, { by: event.target.value })}
          />
          <Field
            label={t("edit.target.agreed.on")}
            type="date"
            value={one.on}
            onChange={(event) => set(i, { on: event.target.value })}
          />
          <IconButton
            icon="close"
            label={t("edit.remove")}
            bare
            onClick={() => onChange(agreed.filter((_, j) => j !== i))}
          />
        </div>
      ))}
      <div>
        <Button small icon="plus" onClick={() => onChange([...agreed, { by: "", on: "" }])}>
          {t("edit.target.agreed.add")}
        </Button>
      </div>
    </div>
  );
}
