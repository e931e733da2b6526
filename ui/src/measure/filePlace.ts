/** Where in a file something is wrong: the server's "file:line:col", taken apart. */
export interface FilePlace {
  file: string;
  line: number;
  col: number;
}

/** Reads a location; null where it names no line. */
export function filePlace(location: string | undefined): FilePlace | null {
  const match = /^(.*):(\d+):(\d+)$/.exec(location ?? "");
  if (!match) return null;
  return { file: match[1] ?? "", line: Number(match[2]), col: Number(match[3]) };
}

/** 1,536 bytes as people read it: "2 KB". */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "KB"] : [bytes / 1e6, "MB"];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
