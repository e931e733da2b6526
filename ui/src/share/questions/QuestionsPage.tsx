/** Filled in by its owner. */
export function QuestionsPage() {
  return null;
}
