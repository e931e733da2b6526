import type { MailBlock, MailBody } from "../../api/useMail.ts";

export type Kind = MailBlock["kind"];

/** In the order in which they are offered. */
export const KINDS: Kind[] = [
  "heading",
  "text",
  "list",
  "quote",
  "button",
  "image",
  "columns",
  "divider",
  "spacer",
];

/** A block as it begins. */
export function newBlock(kind: Kind): MailBlock {
  switch (kind) {
    case "heading":
      return { kind, text: "", level: 2 };
    case "button":
      return { kind, text: "", url: "https://" };
    case "image":
      return { kind, text: "", src: "https://" };
    case "spacer":
      return { kind, height: 24 };
    case "columns":
      return { kind, columns: [[newBlock("text")], [newBlock("text")]] };
    case "divider":
      return { kind };
    case "list":
    case "quote":
      return { kind, text: "" };
    default:
      return { kind: "text", text: "" };
  }
}

/** A mail as it begins, in the language of whoever writes it. */
export function newBody(lang: "ja" | "en", sender: string, stream: MailBody["stream"]): MailBody {
  return {
    name: "",
    stream,
    lang,
    subject: "",
    sender,
    blocks: [newBlock("heading"), newBlock("text"), newBlock("button")],
  };
}

export function moved<T>(list: T[], from: number, by: number): T[] {
  const to = from + by;
  const one = list[from];
  if (one === undefined || to < 0 || to >= list.length) return list;
  const next = list.filter((_, n) => n !== from);
  next.splice(to, 0, one);
  return next;
}

/** What is wrong at a place of a mail: by field ("blocks[0].text"), the first of each. */
export type Faults = Record<string, Fault>;

export interface Fault {
  line: number | null;
  col: number | null;
  message: string;
}

/** Reads places like "blocks[0].text:2:1" and "body.template.sender". */
export function faultsOf(
  errors: { location?: string | undefined; message?: string | undefined }[],
): Faults {
  const faults: Faults = {};
  for (const error of errors) {
    const place = (error.location ?? "").replace(/^body\.(template\.)?/, "");
    const [, field = "", line, col] = /^(.*?)(?::(\d+))?(?::(\d+))?$/.exec(place) ?? [];
    if (faults[field]) continue;
    faults[field] = {
      line: line ? Number(line) : null,
      col: col ? Number(col) : null,
      message: error.message ?? "",
    };
  }
  return faults;
}

/** A beginning of an address is nothing written yet. */
const UNWRITTEN = new Set<unknown>(["", undefined, newBlock("button").url]);

/** What is wrong with what somebody has written: of what is still empty nothing is said. */
export function ofWritten(faults: Faults, body: MailBody): Faults {
  return Object.fromEntries(
    Object.entries(faults).filter(([field]) => !UNWRITTEN.has(valueAt(body, field))),
  );
}

/** "blocks[0].text" → what stands there. */
function valueAt(body: MailBody, field: string): unknown {
  return field
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], body);
}

/** Puts text in the place of a selection; gives the whole and where the caret goes. */
export function inserted(
  text: string,
  from: number,
  to: number,
  piece: string,
): { text: string; caret: number } {
  return { text: text.slice(0, from) + piece + text.slice(to), caret: from + piece.length };
}

/** Wraps a selection, or a sample where nothing is chosen. */
export function wrapped(
  text: string,
  from: number,
  to: number,
  before: string,
  after: string,
  sample: string,
) {
  return inserted(text, from, to, before + (text.slice(from, to) || sample) + after);
}

/** A caret of line and column, both from 1, as an offset. */
export function offsetOf(text: string, line: number, col: number): number {
  const lines = text.split("\n");
  let at = 0;
  for (let n = 0; n < Math.min(line - 1, lines.length); n++) at += (lines[n]?.length ?? 0) + 1;
  const chars = [...(lines[line - 1] ?? "")].slice(0, col - 1);
  return Math.min(at + chars.join("").length, text.length);
}
