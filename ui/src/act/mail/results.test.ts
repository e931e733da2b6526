import { describe, expect, it } from "vitest";
import { axisOf, progressOf, summed } from "./results.ts";

const one = {
  variant: "A",
  accepted: 10,
  refused: 1,
  unknown: 0,
  hard_bounces: 1,
  soft_bounces: 0,
  complaints: 0,
  opened: 4,
  opened_raw: 6,
  clicked: 2,
  clicked_raw: 3,
  unsubscribed: 1,
};

describe("what became of a broadcast", () => {
  it("is both variants together", () => {
    expect(summed([one, { ...one, variant: "B", accepted: 5 }])).toMatchObject({
      accepted: 15,
      opened: 8,
      unsubscribed: 2,
    });
    expect(summed([]).accepted).toBe(0);
  });

  it("says how far it is", () => {
    expect(progressOf({ queued: 3, sending: 1, sent: 5, withheld: 1 })).toEqual({
      done: 6,
      of: 10,
    });
    expect(progressOf({})).toEqual({ done: 0, of: 0 });
  });

  it("draws an interval with zero in sight", () => {
    const axis = axisOf(0.01, 0.03);
    expect(axis.zero).toBeLessThan(axis.low);
    expect(axis.low).toBeLessThan(axis.high);
    expect(axis.high).toBeLessThan(1);
  });
});
