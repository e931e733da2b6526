/** Filled in by its owner. */
export function GlossaryPage() {
  return null;
}
