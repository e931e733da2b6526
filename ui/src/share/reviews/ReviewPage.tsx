/** Filled in by its owner. */
export function ReviewPage() {
  return null;
}
