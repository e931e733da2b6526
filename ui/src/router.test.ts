import type { AnyRoute } from "@tanstack/react-router";
import { describe, expect, it } from "vitest";
import { router } from "./router.tsx";

/** What somebody may have written into an address by hand, under every name that is read. */
const JUNK = {
  ...{ as_of: "2026-13-45", version: "-1", open: 7, tab: [], edit: {}, under: null },
  ...{ span: "ever", from: 3, to: "tomorrow", compare: "x", filters: "all", segment: 1, bots: "y" },
  ...{ indicator: [], event: 0, goal: {}, lead: 9, view: "nowhere", kpi: 1, because: [] },
  ...{ next: "https://elsewhere.example", problem: "none", zzz: "1" },
};

const routes = Object.values(router.routesById) as AnyRoute[];
const reading = routes.filter((one) => one.options.validateSearch);

/** What a screen is told of an address' search. */
function told(path: string, search: object) {
  const pathname = path.replace(/\$\w+/g, "x");
  const location = router.buildLocation({ to: pathname, search } as never);
  return Object.entries(router.matchRoutes(location).at(-1)?.search ?? {}).filter(
    ([, value]) => value !== undefined,
  );
}

describe("an address", () => {
  it("is read by some routes", () => expect(reading.length).toBeGreaterThan(10));

  it.each(
    reading.map((one) => one.fullPath),
  )("%s tells its screen nothing it did not accept", (path) => {
    expect(told(path, JUNK)).toEqual([]);
  });

  it("is also read below the page that reads it", () => {
    const below = routes.filter(({ fullPath }) => fullPath.startsWith("/w/$ws/measure/"));
    expect(below.length).toBeGreaterThan(10);
    for (const { fullPath } of below) expect(told(fullPath, JUNK)).toEqual([]);
  });

  it("keeps what it accepts", () => {
    const kept = (path: string, search: object) => Object.fromEntries(told(path, search));
    expect(kept("/w/$ws/share/alerts", { view: "reach", zzz: 1 })).toEqual({ view: "reach" });
    const open = { open: "visits", version: 2 };
    expect(kept("/w/$ws/map", open)).toEqual(open);
    expect(kept("/w/$ws/measure/pages", { bots: true, span: "ever" })).toEqual({ bots: true });
  });
});
