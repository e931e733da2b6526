/** How a score is written: an NPS bears its sign, a share its percent. Both are whole. */
export function scoreWords(kind: string, value: number): string {
  const whole = Math.round(value);
  if (kind !== "nps") return `${whole}%`;
  if (whole === 0) return "±0";
  return whole > 0 ? `+${whole}` : `−${-whole}`;
}
