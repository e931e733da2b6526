import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Field } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./edit.module.css";
import { readings, type TargetForm } from "./targetForm.ts";
import { plainNumber, typedNumber } from "./typedNumber.ts";

/** Where nothing is known yet, the difference is shown on numbers everybody can follow. */
const EXAMPLE = { basis: 0.05, change: 5 };

interface GrowthReadingProps {
  target: TargetForm;
  onChange: (change: Partial<TargetForm>) => void;
  /** Today's rate as a ratio; null where there is none. */
  known: number | null;
  error: string | undefined;
  basisError: string | undefined;
}

/** 「5%伸ばす」: 5 % more of 5 % is 5.25 %, five points more are 10 %. Asked, never guessed. */
export function GrowthReading({ target, onChange, known, error, basisError }: GrowthReadingProps) {
  const { t, f } = useLanguage();
  const typedBasis = typedNumber(target.basis);
  const basis = typedBasis !== null ? typedBasis / 100 : known;
  const typed = typedNumber(target.amount);
  const change = typed ?? EXAMPLE.change;
  const start = basis ?? EXAMPLE.basis;
  const both = readings(start, change, target.direction);
  const real = basis !== null && typed !== null;
  const arrow = (after: number) => {
    const words = { before: f.amount(start, "%"), after: f.amount(after, "%") };
    return real ? t("edit.target.reading.arrow", words) : t("edit.target.reading.example", words);
  };
  const down = target.direction === "down";
  const said = { change: plainNumber(change) };
  return (
    <div className={styles.stack} style={{ gap: 12 }}>
      <div>
        <Choices
          legend={t("edit.target.reading")}
          least={200}
          value={target.reading || null}
          options={[
            {
              value: "percent" as const,
              title: t(
                down ? "edit.target.reading.percent.less" : "edit.target.reading.percent",
                said,
              ),
              line: arrow(both.percent),
            },
            {
              value: "points" as const,
              title: t(
                down ? "edit.target.reading.points.less" : "edit.target.reading.points",
                said,
              ),
              line: arrow(both.points),
            },
          ]}
          onChange={(reading) =>
            onChange({
              reading,
              ...(reading === "points" && !target.basis && known !== null
                ? { basis: plainNumber(Number((known * 100).toPrecision(3))) }
                : {}),
            })
          }
        />
        {!error && (
          <p className={`quiet ${styles.small}`} style={{ marginTop: 4 }}>
            {t("edit.target.reading.line")}
          </p>
        )}
      </div>
      {error && <Notice kind="bad">{error}</Notice>}
      {target.reading === "points" && (
        <Field
          label={t("edit.target.basis")}
          inputMode="decimal"
          value={target.basis}
          error={basisError}
          hint={
            typedBasis !== null && typed !== null
              ? t("edit.target.basis.hint", { amount: f.amount(both.points, "%") })
              : t("edit.target.basis.ask")
          }
          onChange={(event) => onChange({ basis: event.target.value })}
        />
      )}
    </div>
  );
}
