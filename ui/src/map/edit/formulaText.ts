/** What a click on a name, a typed formula and a checked one have in common: plain text work. */

const NAME = /[\p{L}_][\p{L}\p{N}_]*/gu;
const FUNCTIONS = new Set(["sum", "min", "max"]);
const SIGNS: Record<string, string> = { "*": "×", "/": "÷", "-": "−", "+": "＋" };

/** The names a formula uses, each once, in order. */
export function namesIn(formula: string): string[] {
  const found = [...formula.matchAll(NAME)]
    .filter(({ 0: name, index }) => !isCall(formula, name, index))
    .map(([name]) => name);
  return [...new Set(found)];
}

function isCall(formula: string, name: string, index: number): boolean {
  return FUNCTIONS.has(name) && /^\s*[(（]/.test(formula.slice(index + name.length));
}

/** A formula read aloud: ids become names, signs those of a school book. */
export function readFormula(formula: string, nameOf: (id: string) => string | undefined): string {
  return formula
    .replace(NAME, (name, index: number) =>
      isCall(formula, name, index) ? name : (nameOf(name) ?? name),
    )
    .replace(/\s*[*/+-]\s*/g, (sign) => ` ${SIGNS[sign.trim()] ?? sign} `)
    .trim();
}

/** Puts a name or sign where the cursor stands; a missing sign between two values becomes ×. */
export function insertAt(
  text: string,
  start: number,
  end: number,
  what: string,
): { text: string; cursor: number } {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const isValue = /^[\p{L}\p{N}_]/u.test(what);
  const joins = isValue && /[\p{L}\p{N}_)]\s*$/u.test(before) ? "* " : "";
  const space = before && !/[\s(]$/.test(before) && what !== ")" ? " " : "";
  const inserted = space + joins + what;
  const follow = after && !/^[\s)]/.test(after) ? " " : "";
  const cursor = before.length + inserted.length;
  return { text: before + inserted + follow + after, cursor };
}

/** Adds a part at the end of a formula; a sum is put into parentheses before × and ÷. */
export function joinPart(formula: string, sign: "*" | "/" | "+" | "-", id: string): string {
  const old = formula.trim();
  if (!old) return sign === "-" ? `-${id}` : id;
  const tight = sign === "*" || sign === "/";
  return `${tight && isSum(old) ? `(${old})` : old} ${sign} ${id}`;
}

function isSum(formula: string): boolean {
  let depth = 0;
  let valueBefore = false;
  for (const c of formula) {
    if (c === "(") depth++;
    else if (c === ")") depth--;
    else if (depth === 0 && (c === "+" || c === "-") && valueBefore) return true;
    if (c.trim()) valueBefore = /[\p{L}\p{N}_)]/u.test(c);
  }
  return false;
}

/**
 * The formula without one of its parts; null where taking it out would change more than that
 * (mixed signs, parentheses, the only part).
 */
export function withoutPart(formula: string, id: string): string | null {
  if (/[()/]/.test(formula)) return null;
  const signs = formula.replace(/[^*+-]/g, "");
  if (/\*/.test(signs) && /[+-]/.test(signs)) return null;
  const parts = formula.split(/([*+-])/).map((part) => part.trim());
  const kept: string[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    if (parts[i] === id) continue;
    if (i > 0) kept.push(parts[i - 1] ?? "");
    kept.push(parts[i] ?? "");
  }
  if (kept[0] === "*" || kept[0] === "+") kept.shift();
  const rest = kept.join(" ").trim();
  return namesIn(rest).length > 0 ? rest : null;
}
