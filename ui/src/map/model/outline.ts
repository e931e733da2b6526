import { yamlLanguage } from "@codemirror/lang-yaml";
import { namesIn } from "../edit/formulaText.ts";

/** One indicator as the text has it; nothing is checked here. */
export interface OutlineNode {
  id: string;
  name: string;
  /** Where its entry begins in the text. */
  at: number;
  formula: string;
  hasTarget: boolean;
}

/** A line of the drawn outline. */
export interface OutlineRow {
  node: OutlineNode;
  depth: number;
  /** How it hangs on the row above it. */
  by: "kgi" | "formula" | "influence" | "loose";
}

type SyntaxNode = ReturnType<typeof yamlLanguage.parser.parse>["topNode"];
interface Entry {
  key: string;
  at: number;
  value: SyntaxNode | null;
}

/**
 * The tree of a model while it is being typed: read with the editor's own forgiving parser, so
 * that it stays on screen while a line is half finished. The server's check decides what is right.
 */
export function outlineOf(text: string): OutlineRow[] {
  const top = firstNamed(yamlLanguage.parser.parse(text).topNode, "Document");
  const model = entries(text, top ? mappingIn(top) : null);
  const value = (key: string) => model.find((one) => one.key === key)?.value ?? null;
  const kgiEntry = model.find((one) => one.key === "kgi");
  const kgi = kgiEntry ? nodeOf(text, "", kgiEntry) : null;
  const kpis = entries(text, value("kpis")).map((one) => nodeOf(text, one.key, one));
  const all = kgi ? [kgi, ...kpis] : kpis;
  const links = items(value("influences")).map((item) => ({
    from: scalar(text, entries(text, mappingIn(item)), "from"),
    to: scalar(text, entries(text, mappingIn(item)), "to"),
  }));
  return rowsOf(kgi, all, links);
}

function rowsOf(
  kgi: OutlineNode | null,
  all: OutlineNode[],
  links: { from: string; to: string }[],
): OutlineRow[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  const rows: OutlineRow[] = [];
  const seen = new Set<string>();
  function walk(node: OutlineNode, depth: number, by: OutlineRow["by"]): void {
    rows.push({ node, depth, by });
    if (seen.has(node.id)) return;
    seen.add(node.id);
    for (const id of namesIn(node.formula)) {
      const child = byId.get(id);
      if (child && child !== node) walk(child, depth + 1, "formula");
    }
    for (const link of links) {
      const child = link.to === node.id ? byId.get(link.from) : undefined;
      if (child && !seen.has(child.id)) walk(child, depth + 1, "influence");
    }
  }
  if (kgi) walk(kgi, 0, "kgi");
  for (const node of all) if (!seen.has(node.id)) walk(node, 0, "loose");
  return rows;
}

function nodeOf(text: string, key: string, entry: Entry): OutlineNode {
  const fields = entries(text, entry.value);
  const id = key || scalar(text, fields, "id");
  return {
    id,
    name: scalar(text, fields, "name") || id,
    at: entry.at,
    formula: scalar(text, fields, "formula"),
    hasTarget: fields.some((one) => one.key === "target" && one.value !== null),
  };
}

function entries(text: string, node: SyntaxNode | null): Entry[] {
  const mapping = node && /Mapping$/.test(node.name) ? node : node ? mappingIn(node) : null;
  if (!mapping) return [];
  const out: Entry[] = [];
  for (let pair = mapping.firstChild; pair; pair = pair.nextSibling) {
    if (pair.name !== "Pair") continue;
    const key = firstNamed(pair, "Key");
    if (!key) continue;
    let value: SyntaxNode | null = null;
    for (let part = key.nextSibling; part; part = part.nextSibling)
      if (!/^[:,?]$|Comment/.test(part.name)) value = part;
    out.push({ key: plain(text.slice(key.from, key.to)), at: pair.from, value });
  }
  return out;
}

function items(node: SyntaxNode | null): SyntaxNode[] {
  const out: SyntaxNode[] = [];
  for (let item = node?.firstChild ?? null; item; item = item.nextSibling)
    if (item.name === "Item") out.push(item);
  return out;
}

function mappingIn(node: SyntaxNode): SyntaxNode | null {
  return firstNamed(node, "BlockMapping") ?? firstNamed(node, "FlowMapping");
}

function firstNamed(node: SyntaxNode, name: string): SyntaxNode | null {
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (child.name === name) return child;
  return null;
}

function scalar(text: string, fields: Entry[], key: string): string {
  const value = fields.find((one) => one.key === key)?.value;
  return value && /Literal$/.test(value.name) ? plain(text.slice(value.from, value.to)) : "";
}

function plain(text: string): string {
  const trimmed = text.trim();
  return /^(".*"|'.*')$/s.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
}
