import { expect, it } from "vitest";
import { whenOf } from "./when.ts";

const at = (text: string) => new Date(text).getTime();

it("speaks of moments as people do", () => {
  const now = at("2026-09-08T14:00:00");
  expect(whenOf(at("2026-09-08T07:12:00"), now)).toEqual({ word: "morning", clock: "7:12" });
  expect(whenOf(at("2026-09-08T13:05:00"), now)).toEqual({ word: "today", clock: "13:05" });
  expect(whenOf(at("2026-09-08T00:30:00"), now)).toEqual({ word: "today", clock: "0:30" });
  expect(whenOf(at("2026-09-07T21:40:00"), now)).toEqual({ word: "yesterday", clock: "21:40" });
  expect(whenOf(at("2026-09-01T09:00:00"), now)).toEqual({
    word: "day",
    day: "2026-09-01",
    clock: "9:00",
  });
});

it("reads the clocks of the workspace", () => {
  const noon = Date.parse("2026-09-08T12:00:00Z");
  expect(whenOf(noon, noon, "Asia/Tokyo")).toEqual({ word: "today", clock: "21:00" });
  expect(whenOf(noon - 22 * 3_600_000, noon, "Asia/Tokyo")).toEqual({
    word: "yesterday",
    clock: "23:00",
  });
});
