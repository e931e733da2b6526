import { expect, it } from "vitest";
import { momentIn } from "./when.ts";

it.each([
  ["2026-11-23T23:00:00Z", "Asia/Tokyo", "2026-11-24", "08:00"],
  ["2026-11-23T23:00:00Z", "UTC", "2026-11-23", "23:00"],
  ["2026-12-31T15:05:00Z", "Asia/Tokyo", "2027-01-01", "00:05"],
  ["2026-07-01T03:30:00Z", "America/New_York", "2026-06-30", "23:30"],
])("%s in %s is %s %s", (instant, zone, day, clock) => {
  expect(momentIn(instant, zone)).toEqual({ day, clock });
});
