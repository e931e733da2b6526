/** The sentences of a text, each with its own full stop. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=。)(?![)」』])|(?<=[.!?])\s+(?=\p{Lu}|[“"])/u)
    .map((one) => one.trim())
    .filter(Boolean);
}

/**
 * What stands large and what stands below it. A finding that brings its own body keeps its sentence
 * whole; of one that does not, what follows the first sentence is the body.
 */
export function headAndBody(sentence: string, body: string[]): { head: string[]; body: string[] } {
  const all = sentencesOf(sentence);
  if (body.length > 0) return { head: all, body };
  return { head: all.slice(0, 1), body: all.slice(1) };
}
