import { useId } from "react";
import type { Lever } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { Slider } from "../../kit/Slider.tsx";
import { sliderStops } from "../../kit/slider.ts";
import { leverAmount, leverUnit } from "./amounts.ts";
import styles from "./whatif.module.css";

interface LeverSliderProps {
  lever: Lever;
  value: number;
  onChange: (value: number) => void;
}

/** One thing a team can move: from what, to what, and what was ever tried. */
export function LeverSlider({ lever, value, onChange }: LeverSliderProps) {
  const { t, f } = useLanguage();
  const id = useId();
  const moved = Math.abs(value / lever.now - 1) > 1e-6;
  const beyond = moved && (value > lever.high * (1 + 1e-9) || value < lever.low * (1 - 1e-9));
  const from = f.short(lever.now, lever.unit);
  const to = f.short(value, lever.unit);
  const range = f.range(lever.low, lever.high, lever.unit);
  const amount = leverAmount(lever, value, t, f);
  const stops = sliderStops(Math.min(lever.min, value), Math.max(lever.max, value), [
    lever.now,
    value,
  ]);
  return (
    <div className={styles.lever}>
      <p className={styles.what}>
        <span>{lever.name}</span>
        {moved ? (
          <span className={styles.move}>
            <span className="num quiet">
              {from.unit === to.unit ? from.number : f.shortAmount(lever.now, lever.unit)} →
            </span>{" "}
            <b className="num">
              {to.number}
              <small>{leverUnit(lever, to.unit, t)}</small>
            </b>
          </span>
        ) : (
          <span className="num quiet">{t("whatif.same", { amount })}</span>
        )}
      </p>
      <Slider
        label={lever.name}
        stops={stops}
        value={value}
        now={lever.now}
        seen={[lever.low, lever.high]}
        text={amount}
        idle={!lever.counts}
        describedBy={`${id}-seen`}
        onChange={onChange}
      />
      <p className={styles.seen} id={`${id}-seen`}>
        {f.facts([
          t("whatif.seen", {
            range: f.joined({ number: range.number, unit: leverUnit(lever, range.unit, t) }),
          }),
          ...(lever.limit && value >= lever.max * (1 - 1e-9) ? [lever.limit] : []),
        ])}
      </p>
      {beyond && (
        <output className={styles.care}>
          <Mark status="behind" size={14} silent />
          {t(lever.by_itself ? "whatif.untried" : "whatif.unseen", { amount })}
        </output>
      )}
      {!lever.counts && lever.note && <p className={styles.idle}>{lever.note}</p>}
    </div>
  );
}
