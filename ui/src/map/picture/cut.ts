import { textWidth } from "../card/KgiChart.tsx";

/** Shortens a text to a width, with … at its end; drawings do not wrap. */
export function cut(text: string, width: number, size = 12): string {
  if (textWidth(text, size) <= width) return text;
  let short = text;
  while (short && textWidth(`${short}…`, size) > width) short = short.slice(0, -1);
  return `${short}…`;
}
