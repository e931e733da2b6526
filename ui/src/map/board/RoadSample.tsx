import type { MapReply } from "../../api/types.ts";
import { type RoadKind, roadKind } from "../roads.ts";
import { RoadPath } from "./RoadPath.tsx";

/** A kind of road as it is explained: roads that look alike share their words. */
export type SampleKind = Exclude<RoadKind, "unknown">;

const ORDER = [
  ["formula", "map.legend.formula"],
  ["moves", "map.legend.influence"],
  ["still", "road.legend.still"],
  ["broken", "road.legend.broken"],
  ["measuring", "road.legend.measuring"],
  ["checking", "road.checking"],
  ["unmeasured", "map.legend.unmeasured"],
] as const satisfies [SampleKind, string][];

/** The kinds of road on a map, each with its words, in the order of the legend. */
export function kindsOnMap(reply: Pick<MapReply, "links" | "evidence">): (typeof ORDER)[number][] {
  const kinds = new Set<RoadKind>(
    reply.links.map((link) => roadKind(link, reply.evidence === "computing")),
  );
  if (kinds.has("unknown")) kinds.add("unmeasured");
  return ORDER.filter(([kind]) => kind === "formula" || kinds.has(kind));
}

export const SAMPLE = { w: 24, h: 14 };

/** A short piece of a road; stands in any svg. */
export function SampleShape({ kind, w = SAMPLE.w }: { kind: RoadKind; w?: number }) {
  const y = SAMPLE.h / 2;
  const end = { x: 0, y };
  return (
    <RoadPath
      road={{
        from: "",
        to: "",
        kind,
        d: `M${w} ${y}H${kind === "moves" ? 6 : 0}`,
        width: 5,
        pill: null,
        mid: { x: w / 2, y },
        loud: false,
        end,
      }}
    />
  );
}

/** The same as a picture of its own, for legends and lists. */
export function RoadSample({ kind, w = SAMPLE.w }: { kind: RoadKind; w?: number }) {
  return (
    <svg width={w} height={SAMPLE.h} aria-hidden="true">
      <SampleShape kind={kind} w={w} />
    </svg>
  );
}
