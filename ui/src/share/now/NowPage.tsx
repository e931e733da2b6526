/** Filled in by its owner. */
export function NowPage() {
  return null;
}
