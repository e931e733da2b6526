import type { Indicator, Junction, MapLink, Operator, Status } from "../api/types.ts";

/** One child of a card, and how it is joined to it. */
export interface Branch {
  id: string;
  kind: "formula" | "influence";
  /** Formula children: the sign it is joined with. */
  sign: Operator | null;
}

/**
 * The links as a tree that can be drawn: every indicator once, under its primary
 * parent. What a shared child also leads to stands in `extra`.
 */
export interface MapTree {
  /** The KGI; null for a map without indicators. */
  root: string | null;
  branches: ReadonlyMap<string, Branch[]>;
  parents: ReadonlyMap<string, string>;
  /** Links beyond the tree: from a child to its other parents. */
  extra: MapLink[];
  /** Indicators without a road to the KGI, in the model's order. */
  unlinked: string[];
}

interface Reply {
  indicators: Pick<Indicator, "id" | "is_kgi">[];
  junctions: Junction[];
  links: MapLink[];
}

/**
 * Chooses each indicator's primary parent. A formula parent goes before an influence;
 * among formula parents the deepest wins, so that roads always lead to the left.
 * Loops, which influences may have, end where an indicator stands already.
 */
export function buildTree({ indicators, junctions, links }: Reply): MapTree {
  const ids = new Set(indicators.map((one) => one.id));
  const root = (indicators.find((one) => one.is_kgi) ?? indicators[0])?.id ?? null;
  const known = links.filter((link) => ids.has(link.from) && ids.has(link.to));
  const signs = new Map<string, Operator>();
  for (const junction of junctions)
    for (const child of junction.children)
      signs.set(`${junction.parent} ${child.id}`, child.sign as Operator);

  const into = new Map<string, MapLink[]>();
  for (const link of [...known].sort((a, b) => rank(a) - rank(b))) {
    into.set(link.to, [...(into.get(link.to) ?? []), link]);
  }

  const parents = new Map<string, string>();
  const depth = new Map<string, number>();
  if (root !== null) spread(root, into, parents, depth);

  const branches = new Map<string, Branch[]>();
  const extra: MapLink[] = [];
  for (const [parent, inputs] of into) {
    for (const link of inputs) {
      if (parents.get(link.from) === parent) {
        const branch: Branch = {
          id: link.from,
          kind: link.kind,
          sign: link.kind === "formula" ? (signs.get(`${parent} ${link.from}`) ?? null) : null,
        };
        const list = branches.get(parent) ?? [];
        if (!list.some((one) => one.id === branch.id)) branches.set(parent, [...list, branch]);
      } else if (depth.has(link.from) && depth.has(link.to)) {
        extra.push(link);
      }
    }
  }
  const unlinked = indicators.map((one) => one.id).filter((id) => !depth.has(id));
  return { root, branches, parents, extra, unlinked };
}

function rank(link: MapLink): number {
  return link.kind === "formula" ? 0 : 1;
}

/** Walks outward from the root: formulas to their full depth first, then influences. */
function spread(
  root: string,
  into: Map<string, MapLink[]>,
  parents: Map<string, string>,
  depth: Map<string, number>,
): void {
  depth.set(root, 0);
  let edge = [root];
  while (edge.length > 0) {
    const reached = deepenFormulas(edge, into, parents, depth);
    edge = hangInfluences(reached, into, parents, depth);
  }
}

/**
 * Hangs what influences the given cards under the deepest of them: the nearest road is the
 * most telling one, and the others then lead to the left.
 */
function hangInfluences(
  reached: string[],
  into: Map<string, MapLink[]>,
  parents: Map<string, string>,
  depth: Map<string, number>,
): string[] {
  const best = new Map<string, { parent: string; below: number }>();
  for (const parent of reached) {
    const below = (depth.get(parent) ?? 0) + 1;
    for (const link of into.get(parent) ?? []) {
      if (link.kind !== "influence" || depth.has(link.from)) continue;
      if (below > (best.get(link.from)?.below ?? 0)) best.set(link.from, { parent, below });
    }
  }
  for (const [id, { parent, below }] of best) {
    parents.set(id, parent);
    depth.set(id, below);
  }
  return [...best.keys()];
}

/**
 * Places everything below the starts by formulas, each under its deepest parent.
 * What an earlier round placed stays. Formulas have no cycles, so this ends; the
 * step limit only guards against a reply that is broken.
 */
function deepenFormulas(
  starts: string[],
  into: Map<string, MapLink[]>,
  parents: Map<string, string>,
  depth: Map<string, number>,
): string[] {
  const fixed = new Set(depth.keys());
  const reached = [...starts];
  const queue = [...starts];
  for (let steps = 0; queue.length > 0 && steps < 10_000; steps++) {
    const parent = queue.shift() as string;
    for (const link of into.get(parent) ?? []) {
      if (link.kind !== "formula" || fixed.has(link.from)) continue;
      const below = (depth.get(parent) ?? 0) + 1;
      const before = depth.get(link.from);
      if (before !== undefined && before >= below) continue;
      depth.set(link.from, below);
      parents.set(link.from, parent);
      if (before === undefined) reached.push(link.from);
      queue.push(link.from);
    }
  }
  return reached;
}

/** Everything below an indicator, nearest first. */
export function descendants(tree: MapTree, id: string): string[] {
  const found: string[] = [];
  const queue = [id];
  while (queue.length > 0) {
    for (const { id: child } of tree.branches.get(queue.shift() as string) ?? []) {
      found.push(child);
      queue.push(child);
    }
  }
  return found;
}

/** Levels below the KGI of every card on the tree. */
export function levels(tree: MapTree): Map<string, number> {
  const at = new Map<string, number>();
  if (tree.root === null) return at;
  at.set(tree.root, 0);
  for (const id of descendants(tree, tree.root)) {
    at.set(id, (at.get(tree.parents.get(id) ?? "") ?? 0) + 1);
  }
  return at;
}

const WORST: Status[] = ["missed", "behind", "no-data", "too-early", "on-pace", "met"];

/** The status most in need of a look; what a folded branch shows. */
export function worst(statuses: (Status | null)[]): Status | null {
  return WORST.find((status) => statuses.includes(status)) ?? null;
}
