import type { Source } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Choices } from "../../kit/Choices.tsx";
import styles from "./edit.module.css";
import { FormulaBox } from "./FormulaBox.tsx";
import type { IndicatorForm } from "./indicatorForm.ts";
import { MeasureBox } from "./MeasureBox.tsx";
import type { PlacedProblem } from "./problemPlace.ts";

interface NumberSectionProps {
  ws: string;
  form: IndicatorForm;
  onChange: (change: Partial<IndicatorForm>) => void;
  indicators: { id: string; name: string }[];
  sources: Source[];
  formulaProblem: PlacedProblem | undefined;
  measureProblem: PlacedProblem | undefined;
  fine: boolean;
}

/** How the indicator gets its number. */
export function NumberSection(props: NumberSectionProps) {
  const { ws, form, onChange, indicators, sources, formulaProblem, measureProblem, fine } = props;
  const { t } = useLanguage();
  return (
    <div className={styles.stack}>
      <Choices
        legend={t("edit.origin")}
        least={150}
        value={form.origin}
        options={(["measure", "formula", "both"] as const).map((origin) => ({
          value: origin,
          title: t(`edit.origin.${origin}`),
          line: t(`edit.origin.${origin}.line`),
        }))}
        onChange={(origin) => onChange({ origin })}
      />
      {form.origin !== "measure" && (
        <FormulaBox
          value={form.formula}
          onChange={(formula) => onChange({ formula })}
          indicators={indicators.filter((one) => one.id !== form.id)}
          problem={formulaProblem}
          fine={fine}
        />
      )}
      {form.origin !== "formula" && (
        <MeasureBox
          ws={ws}
          value={form.measure}
          onChange={(measure) => onChange({ measure })}
          sources={sources}
          problem={measureProblem?.message}
        />
      )}
    </div>
  );
}
