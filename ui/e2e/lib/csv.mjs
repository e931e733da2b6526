// Files as platforms and spreadsheets write them.

/** Text as Shift_JIS bytes. The platform only decodes; its table is read backwards. */
export function shiftJis(text) {
  const bytes = [];
  for (const letter of text) {
    const code = SHIFT_JIS.get(letter);
    if (code === undefined) throw new Error(`no Shift_JIS for ${letter}`);
    if (code > 0xff) bytes.push(code >> 8);
    bytes.push(code & 0xff);
  }
  return Buffer.from(bytes);
}

const SHIFT_JIS = (() => {
  const decoder = new TextDecoder("shift_jis");
  const table = new Map();
  const learn = (...bytes) => {
    const letter = decoder.decode(Uint8Array.from(bytes));
    if (letter.length === 1 && letter !== "\ufffd" && !table.has(letter))
      table.set(letter, bytes.length === 1 ? bytes[0] : bytes[0] * 256 + bytes[1]);
  };
  for (let one = 0; one < 0x80; one++) learn(one);
  for (let one = 0xa1; one < 0xe0; one++) learn(one);
  for (let lead = 0x81; lead < 0xfd; lead++)
    if (lead < 0xa0 || lead > 0xdf)
      for (let trail = 0x40; trail < 0xfd; trail++) learn(lead, trail);
  return table;
})();

/** Rows as a table with a header, lines ended as Excel ends them. */
export function table(header, rows) {
  return `${[header, ...rows].map((row) => row.join(",")).join("\r\n")}\r\n`;
}

/** A file for a file input. */
export function file(name, content) {
  return { name, mimeType: "text/csv", buffer: Buffer.from(content) };
}
