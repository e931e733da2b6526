import { group } from "../../../i18n/format.ts";

/** By what share the one moves when the other rises by 10 %: 0.30 → 0.029. */
export function perTen(elasticity: number): number {
  return 1.1 ** elasticity - 1;
}

/** The same as text, one decimal as in the server's sentences: "+2.9%". */
export function perTenText(elasticity: number): string {
  const percent = perTen(elasticity) * 100;
  const text = group(Math.abs(percent), 1);
  if (!/[1-9]/.test(text)) return "±0%";
  return `${percent < 0 ? "−" : "+"}${text}%`;
}

/** About 1.96 standard errors hold 95 of 100 cases. */
export const Z95 = 1.96;
