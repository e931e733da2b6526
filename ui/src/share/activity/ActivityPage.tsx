/** Filled in by its owner. */
export function ActivityPage() {
  return null;
}
