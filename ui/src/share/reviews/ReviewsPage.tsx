/** Filled in by its owner. */
export function ReviewsPage() {
  return null;
}
