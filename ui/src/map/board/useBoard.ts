import { useEffect, useMemo, useState } from "react";
import { layout, type MapLayout } from "../layout.ts";
import type { MapTree } from "../tree.ts";
import {
  clampZoom,
  fitted,
  levelAt,
  reveal,
  type View,
  type Viewport,
  zoomAround,
} from "../zoom.ts";

interface Board {
  layout: MapLayout;
  view: View;
  pan: (dx: number, dy: number) => void;
  zoom: (factor: number, at?: { x: number; y: number }) => void;
  fit: () => void;
  /** Brings a card into sight. */
  show: (id: string) => void;
}

/**
 * What is seen of the map. Until a hand moves it, the whole map is fitted into its room;
 * after that it stays where it was put, and only the open card is kept in sight.
 */
export function useBoard(
  tree: MapTree,
  viewport: Viewport,
  folded: ReadonlySet<string>,
  selected: string | null,
): Board {
  const whole = useMemo(() => fitted(tree, viewport, folded), [tree, viewport, folded]);
  const [byHand, setByHand] = useState<View | null>(null);
  const view = byHand ?? whole.view;
  const { tight, fill } = view;
  const { level } = levelAt(view.zoom);
  // Panning keeps the picture: it depends on the level, not on where it is looked at.
  const picture = useMemo(
    () => layout(tree, { level, tight, folded, fill }),
    [tree, level, tight, folded, fill],
  );

  function show(id: string): void {
    const box = picture.byId.get(id);
    const moved = box && reveal(view, box, viewport);
    if (moved) setByHand(moved);
  }

  // The drawer takes room from the map; the card it is about must not end up behind it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only opening and resizing may move the map
  useEffect(() => {
    if (selected) show(selected);
  }, [selected, viewport.w, viewport.h]);

  return {
    layout: picture,
    view,
    pan: (dx, dy) =>
      setByHand((old) => {
        const now = old ?? whole.view;
        return { ...now, x: now.x + dx, y: now.y + dy };
      }),
    zoom: (factor, at = { x: viewport.w / 2, y: viewport.h / 2 }) => {
      const zoom = clampZoom(view.zoom * factor);
      const after = layout(tree, {
        level: levelAt(zoom).level,
        tight: view.tight,
        folded,
        fill: view.fill,
      });
      setByHand(zoomAround(view, picture, after, zoom, at));
    },
    fit: () => setByHand(null),
    show,
  };
}
