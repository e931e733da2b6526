/** The sites in a line somebody typed: between spaces and commas, of either width. */
export function sitesIn(line: string): string[] {
  return line.split(/[\s,、,]+/).filter(Boolean);
}

/** Letters and digits that nobody takes for one another, also on the phone. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password to tell on the phone: four groups of four, 79 bits. */
export function madeUp(random: (count: number) => Uint8Array = drawn): string {
  const letters: string[] = [];
  while (letters.length < 16)
    for (const byte of random(32)) {
      // Bytes beyond a whole number of alphabets would make some letters likelier.
      if (byte < 256 - (256 % LETTERS.length) && letters.length < 16)
        letters.push(LETTERS[byte % LETTERS.length] ?? "");
    }
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join("")).join("-");
}

function drawn(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** The code that shows a page inside another. */
export function embedCode(url: string, title: string): string {
  const escaped = title
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
  return `<iframe src="${url}" title="${escaped}" width="100%" height="640" style="border:1px solid #e5e2d9;border-radius:8px" loading="lazy"></iframe>`;
}

/** How often a page was opened on each of the last days, the newest last. */
export function perDay(days: { day: string; opened: number }[], today: Date, count = 30): number[] {
  const opened = new Map(days.map((one) => [one.day, one.opened]));
  return Array.from({ length: count }, (_, i) => {
    const at = new Date(today.getTime() - (count - 1 - i) * 86_400_000);
    return opened.get(at.toISOString().slice(0, 10)) ?? 0;
  });
}
