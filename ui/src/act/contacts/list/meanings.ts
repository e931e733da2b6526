/** What a column of a list may mean beside a property, as the server names it. */
export const MEANINGS = ["address", "name", "family", "given", "user", "tags"] as const;
export type Meaning = (typeof MEANINGS)[number];

const PROPERTY = "property:";

export function isMeaning(text: string): text is Meaning {
  return (MEANINGS as readonly string[]).includes(text);
}

/** The key of the property a column becomes; null where it is none. */
export function propertyOf(column: string): string | null {
  return column.startsWith(PROPERTY) ? column.slice(PROPERTY.length) : null;
}

/** What a column may become: what it is proposed as, a property of its own name, or nothing. */
export function propertyChoices(header: string, now: string): string[] {
  const own = `${PROPERTY}${header.trim()}`;
  const list = header.trim() ? [own] : [];
  return propertyOf(now) !== null && now !== own ? [now, ...list] : list;
}

/** The columns with one of them changed; what another had becomes a column that is left out. */
export function withColumn(columns: string[], at: number, meaning: string): string[] {
  return columns.map((one, i) =>
    i === at ? meaning : meaning !== "" && one === meaning ? "" : one,
  );
}

/** Tags as they are typed: "展示会、既存, 2026". */
export function tagsOf(text: string): string[] {
  const tags = text.split(/[,、，;；]/).map((one) => one.trim());
  return [...new Set(tags.filter((one) => one !== ""))];
}
