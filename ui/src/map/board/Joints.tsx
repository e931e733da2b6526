import { memo } from "react";
import type { Indicator, Junction, Operator } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import type { MapLayout } from "../layout.ts";
import styles from "./Board.module.css";

const WORDS = {
  "×": "map.sign.times",
  "＋": "map.sign.plus",
  "－": "map.sign.minus",
  "÷": "map.sign.divide",
  ƒ: "map.sign.mixed",
} as const;

const SHAPES: Record<keyof typeof WORDS, string> = {
  "×": "M1.5 1.5 8.5 8.5M8.5 1.5 1.5 8.5",
  "＋": "M5 1V9M1 5H9",
  "－": "M1 5H9",
  "÷": "M1 5H9M5 1.6v.1M5 8.3v.1",
  ƒ: "M7.5 1.2C5.5.6 5 2 4.700 4L3.800 8.500C3.500 9.800 2.500 9.500 2 9.200M2.500 4.500H6.500",
};

interface JointsProps {
  layout: MapLayout;
  junctions: Junction[];
  indicators: ReadonlyMap<string, Indicator>;
}

/** The signs where siblings meet, and the difference where they do not add up. */
export const Joints = memo(function Joints({ layout, junctions, indicators }: JointsProps) {
  const { t, f } = useLanguage();
  const facts = new Map(junctions.map((junction) => [junction.parent, junction]));
  return layout.joints.map(({ parent, x, y }) => {
    const junction = facts.get(parent);
    if (!junction) return null;
    const one = indicators.get(parent);
    const { remainder } = junction;
    const telling =
      remainder !== null && one?.value != null && Math.abs(remainder) > Math.abs(one.value) * 0.005;
    return (
      <div key={parent}>
        <Sign operator={junction.operator} x={x} y={y} />
        {junction.children.map((child) => (
          <OddSign
            key={child.id}
            sign={child.sign}
            among={junction.operator}
            box={layout.byId.get(child.id)}
          />
        ))}
        {telling && one && layout.level !== "S" && (
          <span
            className={styles.remainder}
            style={{ left: x, top: y + 14 }}
            title={t("map.remainder.help")}
          >
            {t("map.remainder", { amount: f.difference(remainder, one.unit === "%" ? "%" : "") })}
          </span>
        )}
      </div>
    );
  });
});

function Sign({ operator, x, y }: { operator: Operator; x: number; y: number }) {
  const { t } = useLanguage();
  if (operator === "=") return null;
  return (
    <span
      className={styles.sign}
      style={{ left: x, top: y }}
      role="img"
      aria-label={t(WORDS[operator])}
      title={t(WORDS[operator])}
    >
      <SignShape operator={operator} />
    </span>
  );
}

/** A child that is subtracted or divided by among siblings that are not says so itself. */
function OddSign({
  sign,
  among,
  box,
}: {
  sign: Operator;
  among: Operator;
  box: { x: number; y: number; h: number } | undefined;
}) {
  if (!box || sign === among || (sign !== "－" && sign !== "÷")) return null;
  return <Sign operator={sign} x={box.x - 14} y={box.y + box.h / 2} />;
}

/** The sign as a drawing: thinner than the mark of "missed", so that nobody takes one for the other. */
export function SignShape({ operator }: { operator: keyof typeof WORDS }) {
  return (
    <svg width="11" height="11" viewBox="0 0 10 10" aria-hidden="true">
      <path
        d={SHAPES[operator]}
        fill="none"
        stroke="currentColor"
        strokeWidth={operator === "÷" ? 1.5 : 1.3}
        strokeLinecap="round"
      />
    </svg>
  );
}
