import { memo, useMemo, useState } from "react";
import type { MapReply } from "../../api/types.ts";
import type { MapLayout } from "../layout.ts";
import { roads as allRoads } from "../roads.ts";
import { Joints } from "./Joints.tsx";
import { Pills } from "./Pills.tsx";
import { RoadLayer } from "./RoadLayer.tsx";

/** What lies under the cards: roads, the signs where they join, and what is known of them. */
export const Roads = memo(function Roads({
  layout,
  reply,
}: {
  layout: MapLayout;
  reply: MapReply;
}) {
  const [hovered, setHovered] = useState<string | null>(null);
  const computing = reply.evidence === "computing";
  const roads = useMemo(
    () => allRoads(layout, reply.links, computing),
    [layout, reply.links, computing],
  );
  const indicators = useMemo(
    () => new Map(reply.indicators.map((one) => [one.id, one])),
    [reply.indicators],
  );
  return (
    <>
      <RoadLayer layout={layout} roads={roads} onHover={setHovered} />
      <Joints layout={layout} junctions={reply.junctions} indicators={indicators} />
      <Pills roads={roads} links={reply.links} computing={computing} hovered={hovered} />
    </>
  );
});
