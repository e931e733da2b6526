import { group } from "../../i18n/format.ts";

/** Units that stand before the number. */
const BEFORE = ["$", "€", "£", "¥", "₩"];
/** Units whose hundredths people write. */
const FINE = ["$", "€", "£", "usd", "eur", "gbp"];

/** An amount of money in the unit the model writes it in: 7,000円, $1,234.50, 80 EUR. */
export function money(amount: number, unit: string): string {
  const whole = !FINE.includes(unit.toLowerCase()) || Math.abs(amount) >= 10_000;
  const number = group(amount, whole || Number.isInteger(amount) ? 0 : 2);
  if (BEFORE.includes(unit))
    return number.startsWith("−") ? `−${unit}${number.slice(1)}` : unit + number;
  return /^[a-z]/i.test(unit) ? `${number} ${unit}` : number + unit;
}
