import type { Explanation } from "../../../api/types.ts";
import { useLanguage } from "../../../i18n/LanguageProvider.tsx";
import styles from "./Change.module.css";
import { type Fall, falls, reach } from "./waterfall.ts";

interface WaterfallProps {
  name: string;
  unit: string;
  explanation: Explanation;
  /** +1 where more is good, −1 where less is. */
  way: number;
  onOpen: (id: string) => void;
}

/** From before to after, one line a part: each bar begins where the one above ended. */
export function Waterfall({ name, unit, explanation, way, onOpen }: WaterfallProps) {
  const { t, f } = useLanguage();
  const { base, now } = explanation;
  if (base === null || now === null) return null;
  const steps = falls(explanation);
  const { low, high } = reach(steps, base, now);
  const share = (value: number) => (100 * (value - low)) / (high - low);
  return (
    <ul className={styles.falls} aria-label={t("change.chart", { name })}>
      <Total label={t("change.before")} value={f.amount(base, unit)} at={share(base)} />
      {steps.map((step) => (
        <li key={step.key} title={step.sentence || undefined}>
          <StepName step={step} self={explanation.indicator} onOpen={onOpen} />
          <span className={styles.track} aria-hidden="true">
            <i
              data-good={step.contribution * way > 0 ? "yes" : "no"}
              style={{
                left: `${share(Math.min(step.from, step.to))}%`,
                width: `${Math.abs(share(step.to) - share(step.from))}%`,
              }}
            />
          </span>
          <span className="num" data-good={step.contribution * way > 0 ? "yes" : "no"}>
            {f.difference(step.contribution, unit)}
          </span>
        </li>
      ))}
      <Total label={t("change.after")} value={f.amount(now, unit)} at={share(now)} />
    </ul>
  );
}

function Total({ label, value, at }: { label: string; value: string; at: number }) {
  return (
    <li className={styles.total}>
      <span>{label}</span>
      <span className={styles.track} aria-hidden="true">
        <i style={{ left: `${at}%` }} />
      </span>
      <b className="num">{value}</b>
    </li>
  );
}

function StepName({
  step,
  self,
  onOpen,
}: {
  step: Fall;
  self: string;
  onOpen: (id: string) => void;
}) {
  const { t } = useLanguage();
  const words =
    step.kind === "gap"
      ? t("change.gap", { name: step.name })
      : step.kind === "residual"
        ? t("change.residual")
        : step.kind === "rest"
          ? t("change.rest", { count: step.count })
          : step.name;
  const { id } = step;
  if (!id || id === self) return <span>{words}</span>;
  return (
    <button type="button" onClick={() => onOpen(id)}>
      {words}
    </button>
  );
}
