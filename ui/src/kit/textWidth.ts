const NARROW = /[ .,:;'|!ijlt]/;
const WIDE = /[A-Z%@mw−+]/;

/** About how wide a text is at a size: full-width letters take all of it, others about half. */
export function textWidth(text: string, size = 12): number {
  let width = 0;
  for (const letter of text) {
    if (letter.charCodeAt(0) > 0x2e7f) width += 1;
    else width += NARROW.test(letter) ? 0.34 : WIDE.test(letter) ? 0.68 : 0.56;
  }
  return width * size;
}
