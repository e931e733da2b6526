const SCALES: Record<string, number> = { 千: 1e3, 万: 1e4, 億: 1e8 };

/**
 * Reads a number as people type it: "1,200", "１２００", "1.2万", "¥1,200", "5%", "−3".
 * A percent sign is only a habit here: "5%" is 5. Null where it is no number.
 */
export function typedNumber(text: string): number | null {
  const plain = text
    .normalize("NFKC")
    .replace(/[−–]/g, "-")
    .replace(/[\s¥$€]/g, "")
    .replace(/%$/, "");
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d*)(\.\d+)?([千万億]?)$/.exec(plain);
  if (!match) return null;
  const [, sign = "", whole = "", rest = "", scale = ""] = match;
  if (!whole && !rest) return null;
  const value = Number(`${whole.replaceAll(",", "") || "0"}${rest}`) * (SCALES[scale] ?? 1);
  if (!Number.isFinite(value)) return null;
  return sign === "-" && value !== 0 ? -value : value;
}

/** A number as text without float noise and without an exponent: 0.1 + 0.2 is "0.3". */
export function plainNumber(value: number): string {
  const text = String(Number(value.toPrecision(12)));
  return text.includes("e") ? value.toFixed(12).replace(/\.?0+$/, "") : text;
}
