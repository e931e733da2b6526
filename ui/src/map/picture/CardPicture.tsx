import type { Indicator, Status } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { markShapes } from "../../kit/Mark.tsx";
import { sparkPath } from "../../kit/sparkline.ts";
import { textWidth } from "../../kit/textWidth.ts";
import { estimates } from "../card/estimate.ts";
import { cardFacts, type Tone } from "../card/facts.ts";
import { KgiChart } from "../card/KgiChart.tsx";
import { cut, twoLines } from "./cut.ts";

const COLOURS: Record<Status, string> = {
  met: "var(--met)",
  "on-pace": "var(--pace)",
  behind: "var(--behind)",
  missed: "var(--missed)",
  "too-early": "var(--early)",
  "no-data": "var(--g4)",
};
const TONES: Record<Tone, string> = {
  good: "var(--met)",
  bad: "var(--missed)",
  quiet: "var(--g5)",
};

/** A mark at a place. */
export function MarkPicture({
  status,
  x,
  y,
  size,
}: {
  status: Status | null;
  x: number;
  y: number;
  size: number;
}) {
  const colour = status ? COLOURS[status] : "var(--g4)";
  return (
    <svg
      x={x}
      y={y}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke={colour}
      color={colour}
      strokeWidth="2"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
    >
      {markShapes[status ?? "too-early"]}
    </svg>
  );
}

/** The flag of what the team watches, at a place. */
export function FlagPicture({ x, y, size }: { x: number; y: number; size: number }) {
  return (
    <svg
      x={x}
      y={y}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="var(--ai-2)"
      stroke="var(--ai)"
      strokeWidth="1.8"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M5 3.5h9.500L12 7l2.500 3.500H5Z" stroke="none" />
      <path d="M5 17V3.5h9.500L12 7l2.500 3.500H5" fill="none" />
    </svg>
  );
}

interface CardPictureProps {
  indicator: Indicator;
  box: { x: number; y: number; w: number; h: number; kgi: boolean };
  asOf: string;
  /** One of the few the team watches. */
  watched?: boolean;
}

/** A card drawn without HTML, for paper and slides. */
export function CardPicture({ indicator, box, asOf, watched = false }: CardPictureProps) {
  const { t, f } = useLanguage();
  const facts = cardFacts(indicator, t, f);
  const { w, h } = box;
  return (
    <g transform={`translate(${box.x} ${box.y})`}>
      <rect
        width={w}
        height={h}
        rx="8"
        fill={facts.noData ? "var(--paper)" : "var(--card)"}
        stroke={box.kgi || facts.noData ? "var(--g3)" : "var(--g2)"}
        strokeDasharray={facts.noData ? "4 3" : undefined}
      />
      {box.kgi ? (
        <KgiBody indicator={indicator} w={w} h={h} asOf={asOf} />
      ) : (
        <Body indicator={indicator} w={w} watched={watched} />
      )}
    </g>
  );
}

function Body({ indicator, w, watched }: { indicator: Indicator; w: number; watched: boolean }) {
  const { t, f } = useLanguage();
  const facts = cardFacts(indicator, t, f);
  const spark = sparkPath(facts.spark, 60, 22);
  const right = facts.stale ?? facts.change?.text ?? "";
  return (
    <>
      <NamePicture name={facts.name} width={w - (watched ? 64 : 46)} />
      {watched && <FlagPicture x={w - 48} y={14} size={14} />}
      <MarkPicture status={facts.status} x={w - 28} y={13} size={16} />
      {facts.noData || !facts.value ? (
        <text x="12" y="58">
          {facts.noData ? t("map.noData") : t("map.noValue")}
        </text>
      ) : (
        <text x="12" y="59" style={{ fontSize: 20, fontWeight: 600, fill: "var(--ink)" }}>
          {facts.value.number}
          <tspan dx="3" style={{ fontSize: 12, fontWeight: 400, fill: "var(--g6)" }}>
            {facts.value.unit}
          </tspan>
        </text>
      )}
      {spark.end && (
        <g transform={`translate(${w - 76} 43)`}>
          <path
            d={spark.d}
            fill="none"
            stroke="var(--g4)"
            strokeWidth="1.5"
            strokeLinejoin="round"
          />
          <circle cx={spark.end.x} cy={spark.end.y} r="2.5" fill="var(--ink)" />
        </g>
      )}
      {!facts.noData && (
        <>
          <BarPicture
            x={12}
            y={76}
            w={w - 24}
            share={facts.share}
            due={facts.due}
            status={facts.status}
          />
          <text x="12" y="101">
            {cut(facts.pace, w - 32 - textWidth(right))}
          </text>
          <text
            x={w - 12}
            y="101"
            textAnchor="end"
            style={{ fill: facts.stale ? "var(--behind)" : TONES[facts.change?.tone ?? "quiet"] }}
          >
            {right}
          </text>
        </>
      )}
    </>
  );
}

/** A card's name: one line, or two smaller ones. */
function NamePicture({ name, width }: { name: string; width: number }) {
  const bold = { fontWeight: 600, fill: "var(--ink)" };
  if (textWidth(name, 14) <= width) {
    return (
      <text x="12" y="26" style={{ ...bold, fontSize: 14 }}>
        {name}
      </text>
    );
  }
  const [first, second] = twoLines(name, width, 12);
  return (
    <text x="12" y={second ? 20 : 26} style={{ ...bold, fontSize: 12 }}>
      {first}
      {second && (
        <tspan x="12" dy="14">
          {second}
        </tspan>
      )}
    </text>
  );
}

interface BarPictureProps {
  x: number;
  y: number;
  w: number;
  share: number | null;
  due: number | null;
  status: Status | null;
}

function BarPicture({ x, y, w, share, due, status }: BarPictureProps) {
  if (share === null)
    return <path d={`M${x} ${y + 2}h${w}`} stroke="var(--g3)" strokeDasharray="3 2" />;
  const most = Math.max(share, due ?? 0);
  const scale = most > 0.97 ? most * 1.12 : 1;
  const at = (value: number) => Math.min(1, Math.max(0, value / scale)) * w;
  const late = status === "behind" || status === "missed" ? COLOURS[status] : null;
  return (
    <>
      <rect x={x} y={y} width={w} height="4" rx="2" fill="var(--g2)" />
      <rect x={x} y={y} width={at(share)} height="4" rx="2" fill={late ?? "var(--g4)"} />
      {due !== null && (
        <rect x={x + at(due) - 1} y={y - 4} width="2" height="12" fill="var(--ink)" />
      )}
    </>
  );
}

function KgiBody({
  indicator: kgi,
  w,
  h,
  asOf,
}: {
  indicator: Indicator;
  w: number;
  h: number;
  asOf: string;
}) {
  const { t, f } = useLanguage();
  const facts = cardFacts(kgi, t, f);
  const { expected, odds, lo80, hi80 } = estimates(kgi);
  const { reason } = kgi.forecast;
  const range = lo80 === null || hi80 === null ? null : f.range(lo80, hi80, kgi.unit);
  const kind = kgi.target?.kind;
  const number = facts.value?.number ?? "";
  return (
    <>
      <text x="20" y="34">
        {kind && kind !== "vague" ? t(`map.kgi.${kind}`) : t("map.kgi")}
      </text>
      <MarkPicture status={facts.status} x={w - 40} y={20} size={20} />
      <text x="20" y="59" style={{ fontSize: 16, fontWeight: 600, fill: "var(--ink)" }}>
        {cut(facts.name, w - 36, 16)}
      </text>
      <text x="20" y="105" style={{ fontSize: 40, fontWeight: 600, fill: "var(--ink)" }}>
        {number}
        <tspan dx="3" style={{ fontSize: 16, fontWeight: 400 }}>
          {facts.value?.unit}
        </tspan>
        {kgi.target?.label && (
          <tspan dx="10" style={{ fontSize: 14, fontWeight: 400, fill: "var(--g5)" }}>
            / {kgi.target.label}
          </tspan>
        )}
      </text>
      <text x="20" y="130">
        {facts.noData
          ? t("map.noData")
          : expected === null
            ? ""
            : t("map.paceToday", { amount: f.shortAmount(expected, kgi.unit) })}
      </text>
      {kgi.curve && (
        <g transform="translate(20 142)">
          <KgiChart
            curve={kgi.curve}
            unit={kgi.unit}
            asOf={asOf}
            latest={false}
            width={w - 40}
            height={Math.max(80, h - 250)}
            label={kgi.name}
          />
        </g>
      )}
      <path d={`M20 ${h - 96}H${w - 20}`} stroke="var(--g2)" />
      {odds === null ? (
        <text x="20" y={h - 70}>
          {cut(reason ?? t("map.kgi.noForecast"), w - 40)}
        </text>
      ) : (
        <>
          <text x="20" y={h - 74}>
            {t("map.kgi.probability")}
          </text>
          <text x="20" y={h - 44} style={{ fontSize: 28, fontWeight: 600, fill: "var(--ink)" }}>
            {f.chance(odds)}
          </text>
          {Array.from({ length: 10 }, (_, i) => (
            <circle
              // biome-ignore lint/suspicious/noArrayIndexKey: ten dots, always in this order
              key={i}
              cx={24.5 + i * 12}
              cy={h - 22}
              r="4.5"
              fill={i < Math.round(odds * 10) ? "var(--ai)" : "none"}
              stroke={i < Math.round(odds * 10) ? "var(--ai)" : "var(--g4)"}
            />
          ))}
        </>
      )}
      {range && (
        <>
          <text x={w - 20} y={h - 74} textAnchor="end">
            {kgi.target?.by ? t("map.kgi.landing", { when: f.until(kgi.target.by) }) : ""}
          </text>
          <text
            x={w - 20}
            y={h - 44}
            textAnchor="end"
            style={{
              fontSize: textWidth(range.number, 20) > 110 ? 14 : 20,
              fontWeight: 600,
              fill: "var(--ink)",
            }}
          >
            {range.number}
            <tspan dx="2" style={{ fontSize: 12, fontWeight: 400 }}>
              {range.unit}
            </tspan>
          </text>
        </>
      )}
    </>
  );
}
