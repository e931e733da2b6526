import { textWidth } from "../../kit/textWidth.ts";

/** Shortens a text to a width, with … at its end; drawings do not wrap. */
export function cut(text: string, width: number, size = 12): string {
  if (textWidth(text, size) <= width) return text;
  let short = text;
  while (short && textWidth(`${short}…`, size) > width) short = short.slice(0, -1);
  return `${short.trimEnd()}…`;
}

/** Breaks a text into at most two lines: between words, or between letters where there are none. */
export function twoLines(text: string, width: number, size: number): string[] {
  if (textWidth(text, size) <= width) return [text];
  const pieces = text.includes(" ") ? text.split(/(?<= )/) : [...text];
  let first = "";
  let at = 0;
  while (at < pieces.length && textWidth(first + pieces[at], size) <= width) first += pieces[at++];
  if (at === 0) return [cut(text, width, size)];
  return [first.trimEnd(), cut(pieces.slice(at).join(""), width, size)];
}
