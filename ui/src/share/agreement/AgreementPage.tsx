/** Filled in by its owner. */
export function AgreementPage() {
  return null;
}
