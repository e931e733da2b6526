import type { AttributionRow } from "../../api/usePaths.ts";

/** Which columns have anything to say: money only where there is some. */
export function columnsOf(rows: AttributionRow[]) {
  return {
    value: rows.some((row) => row.value > 0),
    cost: rows.some((row) => row.cost !== null),
    roas: rows.some((row) => row.roas !== null),
  };
}

/** What the rows add up to. */
export function totalsOf(rows: AttributionRow[]) {
  return rows.reduce(
    (sum, row) => ({ visits: sum.visits + row.visits, cost: sum.cost + (row.cost ?? 0) }),
    { visits: 0, cost: 0 },
  );
}
