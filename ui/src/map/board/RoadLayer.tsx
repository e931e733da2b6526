import { memo } from "react";
import type { MapLink } from "../../api/types.ts";
import type { MapLayout } from "../layout.ts";
import { type Road, roads, trunks } from "../roads.ts";

/** Every road under the cards. */
export const RoadLayer = memo(function RoadLayer({
  layout,
  links,
}: {
  layout: MapLayout;
  links: MapLink[];
}) {
  const drawn = roads(layout, links);
  return (
    <svg
      width={layout.width}
      height={layout.height}
      style={{ position: "absolute", inset: 0 }}
      aria-hidden="true"
    >
      <g fill="none" stroke="var(--g4)" strokeWidth="1.5">
        {trunks(layout).map((d) => (
          <path key={d} d={d} />
        ))}
      </g>
      {drawn.map((road) => (
        <RoadPath key={`${road.from} ${road.to} ${road.kind}`} road={road} />
      ))}
    </svg>
  );
});

/** One road in the manner of a paper map: cased where it is measured, dashed where it is not. */
export function RoadPath({ road }: { road: Road }) {
  const { d, kind, width, end } = road;
  const line = { d, fill: "none" };
  switch (kind) {
    case "formula":
      return <path {...line} stroke="var(--g4)" strokeWidth="1.5" />;
    case "unmeasured":
      return <path {...line} stroke="var(--g4)" strokeWidth="1.5" strokeDasharray="4 5" />;
    case "measuring":
      return (
        <>
          <path {...line} stroke="var(--g4)" strokeWidth="8" />
          <path {...line} stroke="var(--card)" strokeWidth="6" />
          <path {...line} stroke="var(--behind)" strokeWidth="6" strokeDasharray="5 7" />
        </>
      );
    case "still":
      return (
        <>
          <path {...line} stroke="var(--g4)" strokeWidth="7" />
          <path {...line} stroke="var(--g1)" strokeWidth="5" />
        </>
      );
    case "broken":
      return (
        <>
          <path {...line} stroke="var(--g4)" strokeWidth="7" />
          <path {...line} stroke="var(--g1)" strokeWidth="5" />
          {road.pill && (
            <path
              d={`M${road.pill.x + 4} ${road.pill.y - 9}v18M${end.x + 24} ${end.y - 9}v18`}
              stroke="var(--missed)"
              strokeWidth="3"
              strokeLinecap="round"
            />
          )}
        </>
      );
    case "moves":
      return (
        <>
          <path {...line} stroke="var(--ai)" strokeWidth={width + 2} />
          <path {...line} stroke="var(--ai-2)" strokeWidth={width} />
          <path d={`M${end.x} ${end.y}l9 -7v14Z`} fill="var(--ai)" />
        </>
      );
  }
}
