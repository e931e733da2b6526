import { useMemo } from "react";
import type { Indicator, MapReply, Status } from "../../api/types.ts";
import { useAgreed } from "../../frame/top/useAgreed.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { textWidth } from "../../kit/textWidth.ts";
import { SignShape } from "../board/Joints.tsx";
import { pillWords } from "../board/pillWords.ts";
import { RoadPath } from "../board/RoadPath.tsx";
import { kindsOnMap, SAMPLE, SampleShape } from "../board/RoadSample.tsx";
import { layout as arrange } from "../layout.ts";
import { type Road, type RoadKind, roads, trunks } from "../roads.ts";
import { buildTree } from "../tree.ts";
import { CardPicture, FlagPicture, MarkPicture } from "./CardPicture.tsx";
import { cut } from "./cut.ts";

interface MapPictureProps {
  reply: MapReply;
  /** When it was made, as a day. */
  made: string;
}

const HEAD = 56;
const FOOT = 44;
const LEGEND: Status[] = ["met", "on-pace", "behind", "missed", "too-early"];

/**
 * The whole map as one drawing without any HTML: for paper and for slides. Colours stand
 * as var(--token); whoever saves the drawing puts the values in.
 */
export function MapPicture({ reply, made }: MapPictureProps) {
  const { t, f } = useLanguage();
  const tree = useMemo(() => buildTree(reply), [reply]);
  const picture = useMemo(() => arrange(tree, { level: "L" }), [tree]);
  const indicators = new Map(reply.indicators.map((one) => [one.id, one]));
  const links = new Map(
    reply.links
      .filter((link) => link.kind === "influence")
      .map((link) => [`${link.from} ${link.to}`, link]),
  );
  const junctions = new Map(reply.junctions.map((junction) => [junction.parent, junction]));
  const agreed = useAgreed(reply.model.agreed);
  const width = Math.max(picture.width, 900);
  const height = picture.height + HEAD + FOOT;
  const computing = reply.evidence === "computing";
  const all = roads(picture, reply.links, computing);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={reply.model.name}
    >
      <rect width={width} height={height} fill="var(--paper)" />
      <text
        x="28"
        y="34"
        fontSize="16"
        fontWeight="600"
        style={{ fontSize: 16, fill: "var(--ink)" }}
      >
        {reply.model.name}
      </text>
      <text x={28 + textWidth(reply.model.name, 16) + 16} y="34">
        {f.list([
          t("map.version", { version: reply.model.version }),
          t("map.asOf", { day: f.longDay(reply.as_of) }),
        ])}
      </text>
      <path d={`M0 ${HEAD}H${width}`} stroke="var(--g2)" />
      <g transform={`translate(0 ${HEAD})`}>
        <g fill="none" stroke="var(--g4)" strokeWidth="1.5">
          {trunks(picture).map((d) => (
            <path key={d} d={d} />
          ))}
        </g>
        {all.map((road) => (
          <RoadPath key={`${road.from} ${road.to} ${road.kind}`} road={road} />
        ))}
        {picture.goal && (
          <g transform={`translate(${picture.goal.x} ${picture.goal.y})`}>
            <path d={`M1 0V${picture.goal.h - 4}`} stroke="var(--g3)" strokeWidth="2" />
            <text x="22" y="13">
              {t("map.goal")}
            </text>
            <text x="22" y="33" style={{ fontSize: 14, fontWeight: 600, fill: "var(--ink)" }}>
              {reply.goal.name}
            </text>
            <text x="22" y="52">
              {agreed}
            </text>
          </g>
        )}
        {picture.joints.map(({ parent, x, y }) => {
          const operator = junctions.get(parent)?.operator;
          if (!operator || operator === "=") return null;
          return (
            <g key={parent} transform={`translate(${x} ${y})`} color="var(--g6)">
              <rect x="-12" y="-12" width="24" height="24" fill="var(--paper)" />
              <g transform="translate(-5.5 -5.5)">
                <SignShape operator={operator} />
              </g>
            </g>
          );
        })}
        {all.map((road) => {
          const link = links.get(`${road.from} ${road.to}`);
          if (!road.pill || !road.loud || !link) return null;
          const [first, second] = pillWords(link, t, f, computing);
          return (
            <Pill
              key={`${road.from} ${road.to}`}
              at={road.pill}
              kind={road.kind}
              first={first}
              second={second}
            />
          );
        })}
        {picture.strip && (
          <text x={picture.strip.x} y={picture.strip.y + 15}>
            {t("map.unlinked")}
          </text>
        )}
        {picture.boxes.map((box) => {
          const one = indicators.get(box.id);
          return one ? (
            <CardPicture
              key={box.id}
              indicator={one}
              box={box}
              asOf={reply.as_of}
              watched={reply.focus?.indicators.includes(box.id) ?? false}
            />
          ) : null;
        })}
      </g>
      <Foot y={height - 18} width={width} reply={reply} made={made} />
    </svg>
  );
}

/** A pill's colours: border and first line. */
const PILLS: Partial<Record<RoadKind, string>> = {
  moves: "var(--ai)",
  measuring: "var(--behind)",
  broken: "var(--missed)",
};

interface PillProps {
  at: NonNullable<Road["pill"]>;
  kind: RoadKind;
  first: string;
  second: string;
}

function Pill({ at, kind, first, second }: PillProps) {
  const width = Math.min(at.room, Math.max(textWidth(first), textWidth(second)) + 20);
  const colour = PILLS[kind];
  const dashed = kind === "unmeasured" || kind === "unknown" || kind === "checking";
  return (
    <g transform={`translate(${at.x - width} ${at.y - 22})`}>
      {kind === "broken" && (
        <>
          <path d={`M-8 14h${width + 16}v16H-8Z`} fill="var(--paper)" />
          <path
            d={`M-8.5 12v20M${width + 8.5} 12v20`}
            stroke="var(--missed)"
            strokeWidth="3"
            strokeLinecap="round"
          />
        </>
      )}
      <rect
        width={width}
        height="44"
        rx="6"
        fill="var(--card)"
        stroke={colour ?? "var(--g4)"}
        strokeDasharray={dashed ? "3 2" : undefined}
      />
      <text
        x={width / 2}
        y="18"
        textAnchor="middle"
        style={colour ? { fill: colour, fontWeight: 600 } : undefined}
      >
        {cut(first, width - 12)}
      </text>
      <text x={width / 2} y="35" textAnchor="middle">
        {cut(second, width - 12)}
      </text>
    </g>
  );
}

/** What the flag on a card means. */
function Flag({ x, y }: { x: number; y: number }) {
  const { t } = useLanguage();
  return (
    <g>
      <FlagPicture x={x} y={y - 12} size={14} />
      <text x={x + 16} y={y}>
        {t("focus.chip")}
      </text>
    </g>
  );
}

interface FootProps {
  y: number;
  width: number;
  reply: MapReply;
  made: string;
}

/** The legend: marks, then the kinds of road on this map, then the days it speaks of. */
function Foot({ y, width, reply, made }: FootProps) {
  const { t, f } = useLanguage();
  const printed = t("map.legend.printed", { day: f.day(reply.as_of), printed: f.longDay(made) });
  let x = 28;
  const place = (wide: number) => {
    const at = x;
    x += wide;
    return at;
  };
  return (
    <g>
      {LEGEND.map((status) => {
        const word = t(`status.${status}`);
        const at = place(20 + textWidth(word) + 18);
        return (
          <g key={status}>
            <MarkPicture status={status} x={at} y={y - 11} size={14} />
            <text x={at + 20} y={y}>
              {word}
            </text>
          </g>
        );
      })}
      {reply.focus && <Flag x={place(16 + textWidth(t("focus.chip")) + 18)} y={y} />}
      {kindsOnMap(reply).map(([kind, words]) => {
        const at = place(SAMPLE.w + 6 + textWidth(t(words)) + 18);
        return (
          <g key={kind}>
            <g transform={`translate(${at} ${y - 4 - SAMPLE.h / 2})`}>
              <SampleShape kind={kind} />
            </g>
            <text x={at + SAMPLE.w + 6} y={y}>
              {t(words)}
            </text>
          </g>
        );
      })}
      {/* Where the legend is long, the days stand above, beside the model's name. */}
      <text x={width - 28} y={x + textWidth(printed) + 28 > width ? 34 : y} textAnchor="end">
        {printed}
      </text>
    </g>
  );
}

/** One card alone, with a little paper around it. */
export function OneCard({ indicator, asOf }: { indicator: Indicator; asOf: string }) {
  const box = indicator.is_kgi
    ? { x: 16, y: 16, w: 272, h: 420, kgi: true }
    : { x: 16, y: 16, w: 204, h: 116, kgi: false };
  const width = box.w + 32;
  const height = box.h + 32;
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={indicator.name}
    >
      <rect width={width} height={height} fill="var(--paper)" />
      <CardPicture indicator={indicator} box={box} asOf={asOf} />
    </svg>
  );
}
