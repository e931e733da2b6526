import type { Indicator } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { Agreed } from "./Agreed.tsx";
import styles from "./edit.module.css";
import { GrowthReading } from "./GrowthReading.tsx";
import { Milestones } from "./Milestones.tsx";
import { asksReading, type TargetForm, type TargetGap } from "./targetForm.ts";
import { plainNumber, typedNumber } from "./typedNumber.ts";

const KINDS = ["total", "growth", "hold", "reach"] as const;

interface TargetSectionProps {
  target: TargetForm;
  unit: string;
  onChange: (target: TargetForm) => void;
  /** The indicator as it is saved; null for a new one. */
  indicator: Indicator | null;
  gaps: TargetGap[];
  /** Saving was tried: what is missing turns red. */
  tried: boolean;
  problem: string | undefined;
}

/** The four kinds of target in plain words, with what each needs. */
export function TargetSection(props: TargetSectionProps) {
  const { target, unit, onChange, indicator, gaps, tried, problem } = props;
  const { t } = useLanguage();
  const set = (change: Partial<TargetForm>) => onChange({ ...target, ...change });
  const gap = (...wanted: TargetGap[]) => {
    const found = wanted.find((one) => gaps.includes(one));
    return found && (tried || found === "order" || found === "positive")
      ? t(`edit.gap.${found}`)
      : undefined;
  };
  const growth = target.kind === "growth";
  const change = typedNumber(target.amount);
  const factor =
    change === null ? null : 1 + (target.direction === "down" ? -change : change) / 100;
  const label = asksReading(target, unit)
    ? t("edit.target.amount.change")
    : growth
      ? t("edit.target.amount.growth")
      : `${t("edit.target.amount")}${unit ? ` (${unit})` : ""}`;
  return (
    <div className={styles.stack}>
      <Choices
        legend={t("edit.target.kind")}
        least={220}
        value={target.kind || null}
        options={KINDS.map((kind) => ({
          value: kind,
          title: t(`edit.target.${kind}`),
          line: t(`edit.target.${kind}.line`),
        }))}
        onChange={(kind) => set({ kind })}
      />
      {!target.kind && <p className={`quiet ${styles.small}`}>{t("edit.target.none")}</p>}
      {target.kind && (
        <>
          <div className={styles.pair}>
            <Field
              label={label}
              inputMode="decimal"
              value={target.amount}
              error={gap("amount", "positive") ?? problem}
              hint={
                growth && factor !== null && !asksReading(target, unit)
                  ? t("edit.target.amount.growth.up", { factor: plainNumber(factor) })
                  : undefined
              }
              onChange={(event) => set({ amount: event.target.value })}
            />
            <Select
              label={t("edit.target.direction")}
              value={target.direction}
              options={(["up", "down"] as const).map((way) => ({
                value: way,
                label: t(`edit.target.direction.${way}`),
              }))}
              onChange={(event) => set({ direction: event.target.value as "up" | "down" })}
            />
          </div>
          {asksReading(target, unit) && (
            <GrowthReading
              target={target}
              onChange={set}
              known={indicator?.baseline ?? indicator?.value ?? null}
              error={gap("reading")}
              basisError={gap("basis")}
            />
          )}
          {target.kind === "hold" && (
            <div className={styles.pair}>
              <Select
                label={t("edit.target.per")}
                value={target.per}
                options={(["day", "week", "month", "quarter"] as const).map((per) => ({
                  value: per,
                  label: t(`edit.target.per.${per}`),
                }))}
                onChange={(event) => set({ per: event.target.value as TargetForm["per"] })}
              />
              <Field
                label={t("edit.target.atLeast")}
                inputMode="numeric"
                value={target.atLeast}
                hint={t("edit.target.atLeast.hint")}
                onChange={(event) => set({ atLeast: event.target.value })}
              />
            </div>
          )}
          <div className={styles.pair}>
            {target.kind !== "reach" && (
              <Field
                label={t("edit.target.from")}
                type="date"
                value={target.from}
                onChange={(event) => set({ from: event.target.value })}
              />
            )}
            <Field
              label={t("edit.target.by")}
              type="date"
              value={target.by}
              error={gap("order")}
              onChange={(event) => set({ by: event.target.value })}
            />
          </div>
          <Agreed agreed={target.agreed} onChange={(agreed) => set({ agreed })} />
          <Milestones
            milestones={target.milestones}
            unit={unit}
            derived={(indicator?.target?.milestones ?? []).filter((one) => one.derived)}
            onChange={(milestones) => set({ milestones })}
            error={gap("milestone")}
          />
          <div>
            <Button small kind="quiet" onClick={() => set({ kind: "" })}>
              {t("edit.target.clear")}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
