import type { Milestone } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Field } from "../../kit/Field.tsx";
import styles from "./edit.module.css";
import type { TargetForm } from "./targetForm.ts";
import { plainNumber } from "./typedNumber.ts";

interface MilestonesProps {
  /** The team's own; empty while they are derived. */
  milestones: TargetForm["milestones"];
  /** What the program derived, for those who leave it to it. */
  derived: Milestone[];
  unit: string;
  onChange: (milestones: TargetForm["milestones"]) => void;
  error: string | undefined;
}

/** Short-term goals on the way: derived, until the team sets its own. */
export function Milestones({ milestones, derived, unit, onChange, error }: MilestonesProps) {
  const { t, f } = useLanguage();
  const set = (at: number, change: Partial<TargetForm["milestones"][number]>) =>
    onChange(milestones.map((one, i) => (i === at ? { ...one, ...change } : one)));
  // Derived milestones have decimals nobody would write: 7.72 of a hundred people is 8.
  const large = unit !== "%" && Math.max(...derived.map((one) => one.value ?? 0)) >= 20;
  const readable = (value: number) =>
    large ? Math.round(value) : Number(value.toPrecision(unit === "%" ? 3 : 2));
  function own() {
    const rows = derived.map((one) => ({
      by: one.by,
      value: one.value === null ? "" : plainNumber(readable(one.value) * (unit === "%" ? 100 : 1)),
    }));
    onChange(rows.length ? rows : [{ by: "", value: "" }]);
  }
  return (
    <div className={styles.stack} style={{ gap: 8 }}>
      <p className={styles.legend}>{t("edit.target.milestones")}</p>
      {error && (
        <p className={`bad ${styles.small}`} role="alert">
          {error}
        </p>
      )}
      {milestones.length === 0 ? (
        <>
          <p className={`quiet ${styles.small}`}>
            {t(derived.length ? "edit.target.milestones.derived" : "edit.target.milestones.later")}
          </p>
          {derived.length > 0 && (
            <ul className={styles.chips}>
              {derived.map((one) => (
                <li key={one.by} className={`${styles.under} num`}>
                  {f.day(one.by)}{" "}
                  <b>{one.value === null ? "—" : f.amount(readable(one.value), unit)}</b>
                </li>
              ))}
            </ul>
          )}
          <div>
            <Button small icon="edit" onClick={own}>
              {t("edit.target.milestones.own")}
            </Button>
          </div>
        </>
      ) : (
        <>
          {milestones.map((one, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity while typed
            <div key={i} className={styles.inputs}>
              <Field
                label={t("edit.target.milestones.by")}
                type="date"
                value={one.by}
                onChange={(event) => set(i, { by: event.target.value })}
              />
              <Field
                label={`${t("edit.target.milestones.value")}${unit ? ` (${unit})` : ""}`}
                inputMode="decimal"
                value={one.value}
                onChange={(event) => set(i, { value: event.target.value })}
              />
              <IconButton
                icon="close"
                label={t("edit.remove")}
                bare
                onClick={() => onChange(milestones.filter((_, j) => j !== i))}
              />
            </div>
          ))}
          <div className={styles.chips}>
            <Button
              small
              icon="plus"
              onClick={() => onChange([...milestones, { by: "", value: "" }])}
            >
              {t("edit.target.milestones.add")}
            </Button>
            <Button small kind="quiet" onClick={() => onChange([])}>
              {t("edit.target.milestones.back")}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
