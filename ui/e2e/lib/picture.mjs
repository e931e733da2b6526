// Looks into pictures and paper.

const PNG = Buffer.from("89504e470d0a1a0a", "hex");

/** Pixels of a PNG, from its header. */
export function pngSize(bytes) {
  if (!bytes.subarray(0, 8).equals(PNG)) throw new Error("this is not a PNG");
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Pages of a PDF as Chromium writes it: page objects stand uncompressed in it. */
export function pdfPages(bytes) {
  return (bytes.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
}
