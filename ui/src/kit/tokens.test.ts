/// <reference types="node" />
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

// Read from disk: the test runner leaves style sheets empty, even raw ones.
const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");

type Colours = Record<string, string>;

function block(selector: string): Colours {
  const body = css.slice(css.indexOf(selector)).match(/\{([\s\S]*?)\}/)?.[1] ?? "";
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((m) => [m[1], m[2]]),
  );
}

const light = block(":root");
const dark = { ...light, ...block("[data-theme") };

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Every pair of text and ground the screens use. */
const TEXT: [text: string, grounds: string[]][] = [
  ["ink", ["paper", "card", "g1", "ai-1", "ai-2"]],
  ["g6", ["paper", "card", "g1", "ai-1"]],
  ["g5", ["paper", "card", "g1", "ai-1"]],
  ["ai", ["paper", "card", "g1", "ai-1"]],
  ["on-ai", ["ai"]],
  ["met", ["paper", "card", "g1", "met-1", "ai-1"]],
  ["behind", ["paper", "card", "g1", "behind-1", "ai-1"]],
  ["missed", ["paper", "card", "g1", "missed-1", "ai-1"]],
  ["early", ["paper", "card", "g1", "ai-1"]],
];

describe.each([
  ["light", light],
  ["dark", dark],
])("colours, %s", (_, colours) => {
  it.each(
    TEXT.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const)),
  )("%s on %s reads at AA", (text, ground) => {
    expect(contrast(colours[text] ?? "", colours[ground] ?? "")).toBeGreaterThanOrEqual(4.5);
  });
  it("lines that carry meaning stand out", () => {
    expect(contrast(colours.g4 ?? "", colours.paper ?? "")).toBeGreaterThanOrEqual(3);
  });
});
