/** Filled in by its owner. */
export function ReportsPage() {
  return null;
}
