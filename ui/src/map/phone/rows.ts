import type { MapTree } from "../tree.ts";

/** One line of the list, with the branch lines that pass it. */
export interface ListRow {
  id: string;
  parent: string;
  /** 1 for the KGI's own children. */
  depth: number;
  first: boolean;
  last: boolean;
  /** Depths (0 = below the KGI) whose line goes on past this row. */
  through: number[];
}

/** The tree in reading order, the KGI itself left out. */
export function listRows(tree: MapTree): ListRow[] {
  const rows: ListRow[] = [];
  function walk(parent: string, depth: number, through: number[]): void {
    const children = tree.branches.get(parent) ?? [];
    children.forEach((child, i) => {
      const last = i === children.length - 1;
      rows.push({ id: child.id, parent, depth, first: i === 0, last, through });
      walk(child.id, depth + 1, last ? through : [...through, depth - 1]);
    });
  }
  if (tree.root !== null) walk(tree.root, 1, []);
  return rows;
}
