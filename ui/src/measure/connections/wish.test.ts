import { describe, expect, it } from "vitest";
import { draftOf, fieldsOf, firstDay, hasSecret, settingsOf } from "./wish.ts";

describe("settingsOf", () => {
  it("takes lists apart however they are separated", () => {
    const draft = draftOf("ga4");
    draft.text = { property: " 123 ", metrics: "sessions、 keyEvents,,users", host: "left over" };
    expect(settingsOf(draft)).toEqual({
      property: "123",
      metrics: ["sessions", "keyEvents", "users"],
    });
  });
  it("gives the port as a number and leaves what another engine asks for", () => {
    const draft = draftOf("sql");
    draft.text = { engine: "mysql", host: "db", port: "3307", file: "x.db", query: "select 1" };
    expect(settingsOf(draft)).toEqual({
      engine: "mysql",
      host: "db",
      port: 3307,
      query: "select 1",
    });
    draft.text.engine = "sqlite";
    expect(settingsOf(draft)).toEqual({ engine: "sqlite", file: "x.db", query: "select 1" });
    expect(hasSecret(draft)).toBe(false);
  });
  it("asks each kind for something", () => {
    for (const kind of ["ga4", "search_console", "sheets", "sql", "http"] as const)
      expect(fieldsOf(kind, "").length).toBeGreaterThan(0);
  });
});

it.each([
  ["a goal that began before the usual days", "2026-04-01", "2026-11-21", "2026-04-01"],
  ["a goal that began lately: its past is asked for, too", "2026-11-01", "2026-11-21", ""],
  ["a goal yet to begin", "2027-04-01", "2026-11-21", ""],
  ["no goal", null, "2026-11-21", ""],
])("firstDay: %s", (_, goal, last, first) => {
  expect(firstDay(goal, last)).toBe(first);
});
