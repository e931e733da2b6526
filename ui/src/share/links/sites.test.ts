import { expect, it } from "vitest";
import { embedCode, madeUp, perDay, sitesIn } from "./sites.ts";

it.each([
  ["", []],
  ["portal.example.co.jp", ["portal.example.co.jp"]],
  [" a.jp, b.jp、c.jp d.jp ", ["a.jp", "b.jp", "c.jp", "d.jp"]],
])("the sites of %j", (line, sites) => {
  expect(sitesIn(line)).toEqual(sites);
});

it("makes passwords up evenly, and leaves bytes out that would not be", () => {
  let next = 0;
  const counting = (count: number) => Uint8Array.from({ length: count }, () => next++);
  const password = madeUp(counting);
  expect(password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  expect(madeUp((count) => new Uint8Array(count).fill(255 - 40))).toHaveLength(19);
  expect(new Set(Array.from({ length: 50 }, () => madeUp())).size).toBe(50);
});

it("escapes the title of a frame", () => {
  expect(embedCode("https://a.example/embed/x", 'a "b" <c>')).toContain(
    'title="a &quot;b&quot; &lt;c&gt;"',
  );
});

it("counts the openings of each day", () => {
  const days = [
    { day: "2026-11-20", opened: 3 },
    { day: "2026-11-22", opened: 1 },
  ];
  expect(perDay(days, new Date("2026-11-22T05:00:00Z"), 4)).toEqual([0, 3, 0, 1]);
});
