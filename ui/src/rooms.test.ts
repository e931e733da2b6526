import { expect, it } from "vitest";

const sources = import.meta.glob("./**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
}) as Record<string, string>;
const ROOMS = ["map", "measure", "ask", "act", "share"];
/** The read-only page is the map, shown to somebody: it may show the map and nothing else of it. */
const MAY: Record<string, RegExp> = { "share/ViewPage.tsx": /^map\/(MapView|MapSkeleton)\.tsx$/ };

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
const room = (path: string) => path.split("/")[0] ?? "";

it("rooms do not import each other, so that each can be changed alone", () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      ROOMS.includes(room(from)) &&
      ROOMS.includes(room(to)) &&
      room(from) !== room(to) &&
      !MAY[from]?.test(to),
  );
  expect(wrong).toEqual([]);
});

it("kit, words and api know no room, so that every room can use them", () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      ["kit", "i18n", "api"].includes(room(from)) &&
      [...ROOMS, "frame"].includes(room(to)) &&
      !from.includes(".test."),
  );
  expect(wrong).toEqual([]);
});

it("made-up maps are for tests only, so that no screen ever shows them", () => {
  const wrong = imports.filter(
    ({ from, to }) => to.includes("fixtures/") && !from.includes(".test."),
  );
  expect(wrong).toEqual([]);
});
