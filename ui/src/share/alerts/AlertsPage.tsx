/** Filled in by its owner. */
export function AlertsPage() {
  return null;
}
