import { type LayoutOptions, type Level, layout, type MapLayout } from "./layout.ts";
import type { MapTree } from "./tree.ts";

/** What part of the map is seen, and how large. */
export interface View {
  /** One number for the whole way from far to near; level and scale follow from it. */
  zoom: number;
  tight: boolean;
  /** The height over which small cards spread, in the picture's own pixels. */
  fill: number;
  /** Screen position of the picture's top left corner. */
  x: number;
  y: number;
}

export interface Viewport {
  w: number;
  h: number;
}

export const nearest = 2;
export const farthest = 0.28;
const TO_M = 0.86;
const TO_S = 0.68;
const S_LARGEST = 1.2;

/**
 * Far away the cards drop lines instead of shrinking to unreadable letters: each
 * level starts at full size and shrinks only a little before the next takes over.
 */
export function levelAt(zoom: number): { level: Level; scale: number } {
  if (zoom >= TO_M) return { level: "L", scale: zoom };
  if (zoom >= TO_S) return { level: "M", scale: zoom / TO_M };
  return { level: "S", scale: (zoom / TO_S) * S_LARGEST };
}

/** The zoom that shows a level at a scale. */
export function zoomFor(level: Level, scale: number): number {
  const zoom = level === "L" ? scale : level === "M" ? scale * TO_M : (scale * TO_S) / S_LARGEST;
  const low = level === "L" ? TO_M : level === "M" ? TO_S : farthest;
  // Just below the next level's start, where the level would tip over.
  const high = level === "L" ? nearest : (level === "M" ? TO_M : TO_S) - 1e-6;
  return Math.min(high, Math.max(low, zoom));
}

/** Keeps a zoom between nearest and farthest. */
export function clampZoom(zoom: number): number {
  return Math.min(nearest, Math.max(farthest, zoom));
}

const CANDIDATES: { level: Level; tight: boolean; least: number; most: number }[] = [
  { level: "L", tight: false, least: 0.99, most: 1.2 },
  { level: "L", tight: true, least: 0.9, most: 1 },
  { level: "M", tight: false, least: 0.99, most: 1 },
  { level: "M", tight: true, least: 0.9, most: 1 },
  { level: "S", tight: false, least: 0.7, most: 1.2 },
];

/**
 * The view that shows the whole map as large as it can be read. A map that is too big
 * even in small cards starts at the KGI and is panned.
 */
export function fitted(
  tree: MapTree,
  viewport: Viewport,
  folded: LayoutOptions["folded"],
): { view: View; layout: MapLayout } {
  for (const candidate of CANDIDATES) {
    const { level, tight, least, most } = candidate;
    const arrange = (fill: number) =>
      layout(tree, { level, tight, folded: folded ?? new Set(), fill });
    const clamp = (scale: number) => Math.min(most, Math.max(least, scale));
    // Small cards spread over the height, so their scale is decided by the width first.
    const fill = viewport.h / (level === "S" ? clamp(viewport.w / arrange(0).width) : 1);
    const picture = arrange(fill);
    const room = Math.min(viewport.w / picture.width, viewport.h / picture.height);
    if (room < least && level !== "S") continue;
    const zoom = zoomFor(level, clamp(room));
    return { view: { zoom, tight, fill, ...centred(picture, viewport, zoom) }, layout: picture };
  }
  throw new Error("no candidate is last");
}

/** The picture in the middle; what is too wide starts at the left, what is too high at the KGI. */
function centred(picture: MapLayout, viewport: Viewport, zoom: number): { x: number; y: number } {
  const { scale } = levelAt(zoom);
  const spareX = viewport.w - picture.width * scale;
  const spareY = viewport.h - picture.height * scale;
  const root = picture.boxes.find((box) => box.kgi);
  const kgiY = root ? viewport.h / 2 - (root.y + root.h / 2) * scale : 0;
  return {
    x: Math.round(Math.max(0, spareX / 2)),
    y: Math.round(spareY >= 0 ? spareY / 2 : Math.max(spareY, Math.min(0, kgiY))),
  };
}

/**
 * Changes the zoom so that the card nearest to a point of the screen stays where it is,
 * even when another level lays the picture out anew.
 */
export function zoomAround(
  view: View,
  before: MapLayout,
  after: MapLayout,
  zoom: number,
  point: { x: number; y: number },
): View {
  const from = levelAt(view.zoom).scale;
  const to = levelAt(zoom).scale;
  const onPicture = { x: (point.x - view.x) / from, y: (point.y - view.y) / from };
  if (before.level === after.level) {
    return { ...view, zoom, x: point.x - onPicture.x * to, y: point.y - onPicture.y * to };
  }
  let anchor = before.boxes[0];
  let least = Number.POSITIVE_INFINITY;
  for (const box of before.boxes) {
    const away = (box.x + box.w / 2 - onPicture.x) ** 2 + (box.y + box.h / 2 - onPicture.y) ** 2;
    if (away < least) [anchor, least] = [box, away];
  }
  const target = anchor && after.byId.get(anchor.id);
  if (!anchor || !target) return { ...view, zoom };
  const screen = {
    x: view.x + (anchor.x + anchor.w / 2) * from,
    y: view.y + (anchor.y + anchor.h / 2) * from,
  };
  return {
    ...view,
    zoom,
    x: screen.x - (target.x + target.w / 2) * to,
    y: screen.y - (target.y + target.h / 2) * to,
  };
}

/** Moves just enough that a card is wholly seen; null when it is already. */
export function reveal(
  view: View,
  box: { x: number; y: number; w: number; h: number },
  viewport: Viewport,
  margin = 24,
): View | null {
  const { scale } = levelAt(view.zoom);
  const left = view.x + box.x * scale;
  const top = view.y + box.y * scale;
  const shift = (start: number, length: number, room: number) => {
    if (length > room - 2 * margin || start < margin) return margin - start;
    return Math.min(0, room - margin - (start + length));
  };
  const dx = shift(left, box.w * scale, viewport.w);
  const dy = shift(top, box.h * scale, viewport.h);
  return dx === 0 && dy === 0 ? null : { ...view, x: view.x + dx, y: view.y + dy };
}
