import { expect, it } from "vitest";
import { returned } from "./returned.ts";

const cohort = (people: number, ...active: number[]) => ({
  from: "2026-11-02",
  people,
  active,
  shares: [],
});
const reply = (...cohorts: ReturnType<typeof cohort>[]) => ({
  span: { from: "2026-11-01", to: "2026-11-22" },
  today: "2026-11-22",
  zone: "Asia/Tokyo",
  grain: "week" as const,
  note: "",
  cohorts,
});

it("counts who came again only among periods whose next one is over", () => {
  expect(returned(reply(cohort(80, 80, 20, 5), cohort(20, 20, 5, 1), cohort(50, 50, 1)))).toEqual({
    people: 100,
    share: 0.25,
  });
  expect(returned(reply(cohort(50, 50)))).toBeNull();
});
