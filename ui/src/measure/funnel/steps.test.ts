import { describe, expect, it } from "vitest";
import { asked, edited, moved, newStep, worst } from "./steps.ts";

describe("steps of a funnel", () => {
  it("are asked without those still being written, and come back the same", () => {
    const steps = [newStep("page", "/*", "site"), newStep("event", " "), newStep("event", "Done")];
    expect(asked(steps)).toEqual([{ page: "/*", name: "site" }, { event: "Done" }]);
    expect(asked(edited(asked(steps)))).toEqual(asked(steps));
  });
  it("move by one, not beyond the ends", () => {
    const steps = [newStep("page", "/a"), newStep("page", "/b")];
    expect(moved(steps, 0, 1).map((one) => one.value)).toEqual(["/b", "/a"]);
    expect(moved(steps, 1, 1)).toBe(steps);
  });
  it("lose most somewhere, or nowhere", () => {
    const result = (people: number, lost: number) => ({
      name: "",
      people,
      lost,
      from_first: 1,
      from_before: 1,
      median_seconds: null,
    });
    expect(worst([result(10, 0), result(4, 6), result(1, 3)])).toBe(1);
    expect(worst([result(10, 0), result(10, 0)])).toBe(-1);
  });
});
