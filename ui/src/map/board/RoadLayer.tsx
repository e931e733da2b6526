import { memo } from "react";
import type { MapLayout } from "../layout.ts";
import { type Road, trunks } from "../roads.ts";
import styles from "./Board.module.css";
import { RoadPath } from "./RoadPath.tsx";

interface RoadLayerProps {
  layout: MapLayout;
  roads: Road[];
  /** Which influence the pointer is on; null when on none. */
  onHover: (key: string | null) => void;
}

/** A road's name among the others. */
export function roadKey(road: Pick<Road, "from" | "to">): string {
  return `${road.from} ${road.to}`;
}

/** Every road under the cards. */
export const RoadLayer = memo(function RoadLayer({ layout, roads, onHover }: RoadLayerProps) {
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
      {roads.map((road) => (
        <g
          key={`${roadKey(road)} ${road.kind}`}
          {...(road.kind === "formula"
            ? {}
            : {
                onPointerEnter: () => onHover(roadKey(road)),
                onPointerLeave: () => onHover(null),
              })}
        >
          <RoadPath road={road} />
          {road.kind !== "formula" && <path d={road.d} className={styles.reach} />}
        </g>
      ))}
    </svg>
  );
});
