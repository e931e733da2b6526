import { expect, it } from "vitest";

const sources = import.meta.glob("./**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
}) as Record<string, string>;
function resolve(from: string, to: string): string {
  return new URL(to, `http://x/${from}`).pathname.slice(1);
}

const imports = Object.entries(sources).flatMap(([path, code]) => {
  const from = path.slice(2);
  return [...code.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((m) => ({
    from,
    to: resolve(from, m[1] ?? ""),
  }));
});

it("made-up maps are for tests only, so that no screen ever shows them", () => {
  const wrong = imports.filter(
    ({ from, to }) => to.includes("fixtures/") && !from.includes(".test."),
  );
  expect(wrong).toEqual([]);
});
