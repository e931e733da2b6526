import { expect, test } from "vitest";
import { hostsOf, needsAbroad } from "./draft.ts";

test("hosts are found in what people paste", () => {
  expect(hostsOf(" https://Hooks.Example.com/a?b, api.example.jp:8443、api.example.jp ")).toEqual([
    "hooks.example.com",
    "api.example.jp",
  ]);
  expect(hostsOf("  ")).toEqual([]);
});

test("a ground is asked for abroad, but not of a program of one's own", () => {
  expect(needsAbroad({ role: "processor", country: "US" })).toBe(true);
  expect(needsAbroad({ role: "own", country: "US" })).toBe(false);
  expect(needsAbroad({ role: "third-party", country: "JP" })).toBe(false);
});
