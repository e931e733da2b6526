import type { MapLink } from "../api/types.ts";
import type { Box, MapLayout } from "./layout.ts";

/**
 * How a road is drawn. Formula roads always hold; the others say what is known about
 * the link: being computed at this moment, nothing yet, not to be told, being measured (with
 * the days it needs), moves the parent, does not, or broke.
 */
export type RoadKind =
  | "formula"
  | "checking"
  | "unmeasured"
  | "unknown"
  | "measuring"
  | "moves"
  | "still"
  | "broken";

export interface Road {
  from: string;
  to: string;
  kind: RoadKind;
  d: string;
  /** Width of a measured road, 3–10 px by the size of its effect. */
  width: number;
  /** Its pill's right middle and the room to its left; null where the road carries none. */
  pill: { x: number; y: number; room: number } | null;
  /** The middle of the road: where it is barred, and where its words appear under the pointer. */
  mid: { x: number; y: number };
  /** Its pill is there without asking; others appear on hover. */
  loud: boolean;
  /** Where the road reaches the parent's card. */
  end: { x: number; y: number };
}

const RADIUS = 8;
const PILL_FROM_CHILD = 24;
const CURVE = 60;
/** Between a pill and the card on its left: the S-curve and the arrow need it. */
const PILL_FROM_PARENT = 26;
/** More roads than this and only the strongest and the broken ones speak by themselves. */
const TALKATIVE = 12;
const STRONGEST = 6;
const APART = 32;
const BULGE = 36;

/** What is known about a link, as the kind of road it is. */
export function roadKind(
  link: Pick<MapLink, "kind" | "verdict" | "break" | "days_needed" | "n_days" | "why">,
  computing = false,
): RoadKind {
  if (link.kind === "formula") return "formula";
  if (computing) return "checking";
  // A link that broke once and moves again is a road like any other: its history tells.
  if (link.verdict === "moves") return "moves";
  if (link.break) return "broken";
  if (link.verdict === "does-not-move") return "still";
  if (link.days_needed !== null && link.days_needed > 0) return "measuring";
  return link.n_days === 0 || link.why === "too-short" ? "unmeasured" : "unknown";
}

/** 3 px for a hardly visible effect up to 10 px for one of 1 and more. */
export function roadWidth(elasticity: number | null | undefined): number {
  return 3 + 7 * Math.min(1, Math.abs(elasticity ?? 0));
}

/** The trunk from each parent to its joint. */
export function trunks(layout: MapLayout): string[] {
  return layout.joints.map(({ parent, x, y }) => {
    const box = layout.byId.get(parent) as Box;
    return `M${box.x + box.w} ${r(y)}H${r(x)}`;
  });
}

/** All roads of a layout, in the order they are drawn. */
export function roads(layout: MapLayout, links: MapLink[], computing = false): Road[] {
  const facts = new Map(links.map((link) => [`${link.from} ${link.to} ${link.kind}`, link]));
  const joints = new Map(layout.joints.map((joint) => [joint.parent, joint]));
  const arrivals = new Map<string, number>();
  const expected = new Map<string, number>();
  for (const { to, kind } of layout.links)
    if (kind === "influence") expected.set(to.id, (expected.get(to.id) ?? 0) + 1);

  const drawn = layout.links.map(({ from, to, kind, extra }): Road => {
    const link = facts.get(`${from.id} ${to.id} ${kind}`);
    const start = { x: from.x, y: middle(from) };
    if (kind === "formula") {
      const joint = joints.get(to.id);
      const end = { x: joint?.x ?? to.x + to.w, y: middle(to) };
      const d = extra || !joint ? curve(start, end) : elbow(end, start);
      const mid = between(start, end);
      return { from: from.id, to: to.id, kind, d, width: 1.5, pill: null, mid, loud: false, end };
    }
    const nth = arrivals.get(to.id) ?? 0;
    arrivals.set(to.id, nth + 1);
    const end = {
      x: to.x + to.w,
      y: arrival(to, nth, expected.get(to.id) ?? 1, joints.has(to.id)),
    };
    const pill =
      extra || layout.level === "S"
        ? null
        : {
            x: from.x - PILL_FROM_CHILD,
            y: middle(from),
            room: from.x - PILL_FROM_CHILD - end.x - PILL_FROM_PARENT,
          };
    return {
      from: from.id,
      to: to.id,
      kind: link ? roadKind(link, computing) : "unmeasured",
      d: extra ? detour(from, to, end) : influence(start, end),
      width: roadWidth(link?.effect?.elasticity),
      pill,
      mid: pill
        ? { x: (end.x + 10 + pill.x) / 2, y: pill.y }
        : extra && from.column === to.column
          ? { x: end.x + (BULGE * 3) / 4, y: (start.y + end.y) / 2 }
          : between(start, end),
      loud: pill !== null,
      end,
    };
  });
  return outspoken(drawn, facts);
}

/** With many roads only the strongest effects and the broken ones speak without being asked. */
function outspoken(drawn: Road[], facts: Map<string, MapLink>): Road[] {
  const speaking = drawn.filter((road) => road.pill);
  if (speaking.length <= TALKATIVE) return drawn;
  const strength = (road: Road) =>
    Math.abs(facts.get(`${road.from} ${road.to} influence`)?.effect?.elasticity ?? 0);
  const strongest = new Set(
    speaking
      .filter((road) => road.kind === "moves")
      .sort((a, b) => strength(b) - strength(a))
      .slice(0, STRONGEST),
  );
  return drawn.map((road) => ({
    ...road,
    loud: road.pill !== null && (road.kind === "broken" || strongest.has(road)),
  }));
}

function between(a: { x: number; y: number }, b: { x: number; y: number }) {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function middle(box: Box): number {
  return box.y + box.h / 2;
}

/** Several influences reach a card one below the other, clear of the formula's trunk. */
function arrival(to: Box, nth: number, count: number, trunk: boolean): number {
  const room = (trunk ? to.h / 2 : to.h) - 20;
  const step = count > 1 ? Math.min(APART, room / (count - 1)) : 0;
  const first = trunk ? 16 : -((count - 1) * step) / 2;
  return middle(to) + Math.min(first + nth * step, to.h / 2 - 6);
}

/** From the joint up or down and round the corner to the child. */
function elbow(joint: { x: number; y: number }, child: { x: number; y: number }): string {
  const rise = child.y - joint.y;
  if (Math.abs(rise) < 0.5) return `M${r(joint.x)} ${r(joint.y)}H${child.x}`;
  const radius = Math.min(RADIUS, Math.abs(rise) / 2);
  const turn = child.y - Math.sign(rise) * radius;
  return `M${r(joint.x)} ${r(joint.y)}V${r(turn)}Q${r(joint.x)} ${r(child.y)} ${r(joint.x + radius)} ${r(child.y)}H${child.x}`;
}

/** Straight past the pill, then an S to the parent. */
function influence(child: { x: number; y: number }, end: { x: number; y: number }): string {
  if (Math.abs(child.y - end.y) < 0.5) return `M${child.x} ${r(child.y)}H${r(end.x)}`;
  const bend = Math.max(end.x, Math.min(end.x + CURVE, child.x));
  const half = (bend + end.x) / 2;
  return `M${child.x} ${r(child.y)}H${r(bend)}C${r(half)} ${r(child.y)} ${r(half)} ${r(end.y)} ${r(end.x)} ${r(end.y)}`;
}

/** A second road from a card: to the left as any, beside its own column round the outside, else straight on. */
function detour(from: Box, to: Box, end: { x: number; y: number }): string {
  if (from.x >= end.x) return curve({ x: from.x, y: middle(from) }, end);
  const start = { x: from.x + from.w, y: middle(from) };
  if (from.column === to.column) {
    const out = start.x + BULGE;
    return `M${r(start.x)} ${r(start.y)}C${r(out)} ${r(start.y)} ${r(out)} ${r(end.y)} ${r(end.x)} ${r(end.y)}`;
  }
  return curve(start, { x: to.x, y: end.y });
}

/** A long way to another parent: one soft curve behind the cards. */
function curve(start: { x: number; y: number }, end: { x: number; y: number }): string {
  const half = (start.x + end.x) / 2;
  return `M${r(start.x)} ${r(start.y)}C${r(half)} ${r(start.y)} ${r(half)} ${r(end.y)} ${r(end.x)} ${r(end.y)}`;
}

function r(n: number): number {
  return Math.round(n * 10) / 10;
}
