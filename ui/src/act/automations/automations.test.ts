import { describe, expect, it } from "vitest";
import type { Automation } from "../../api/useAutomations.ts";
import { countsOf } from "./counts.ts";
import { type Definition, KINDS, kindOf, newStep, type Step, waysOf } from "./definition.ts";
import { inserted, keptAlone, redirected, removed, stepAt } from "./edit.ts";
import { begun, done, redone, undone } from "./history.ts";
import { layout, roadWidth, size } from "./layout.ts";
import { withSecond } from "./MailForm.tsx";
import { walk } from "./walk.ts";

const wait = (id: string, next?: string): Step => ({
  id,
  wait: { for: { amount: 1, unit: "days" } },
  ...(next ? { next } : {}),
});
const tag = (id: string, next?: string): Step => ({
  id,
  tag: { add: [id] },
  ...(next ? { next } : {}),
});
const fork = (id: string, then?: string, other?: string): Step => ({
  id,
  branch: { if: { tag: "x" }, ...(then ? { then } : {}), ...(other ? { else: other } : {}) },
});
const of = (...steps: Step[]): Definition => ({
  name: "n",
  kpi: "k",
  trigger: { event: { page: "/price" } },
  steps,
});
const nobody = (definition: Definition) => countsOf(null, definition);
const drawn = (definition: Definition, held = true) => layout(definition, nobody(definition), held);
const ids = (definition: Definition) => definition.steps.map((step) => step.id);

describe("steps", () => {
  it("are of the kind they were made of", () => {
    for (const kind of KINDS) expect(kindOf(newStep("a", kind))).toBe(kind);
  });
});

describe("editing", () => {
  it("puts a step between two others, and before the first", () => {
    const made = inserted(of(tag("a", "b"), tag("b")), { from: "a", way: "next" }, "wait");
    expect(made.id).toBe("wait");
    expect(made.definition.steps.map((step) => [step.id, step.next])).toEqual([
      ["a", "wait"],
      ["wait", "b"],
      ["b", undefined],
    ]);
    const first = inserted(made.definition, { from: null, way: "next" }, "wait");
    expect(first.id).toBe("wait2");
    expect(first.definition.steps[0]).toMatchObject({ id: "wait2", next: "a" });
  });

  it("lets what came after go on under the first answer of a new branch", () => {
    const { definition } = inserted(
      of(tag("a", "b"), tag("b")),
      { from: "a", way: "next" },
      "branch",
    );
    expect(waysOf(definition.steps[1] as Step)[0]).toEqual({ way: "then", to: "b" });
    const filled = inserted(definition, { from: "branch", way: "else" }, "mail");
    expect(waysOf(filled.definition.steps[1] as Step)).toEqual([
      { way: "then", to: "b" },
      { way: "else", to: "mail" },
    ]);
  });

  it("joins the ends where a step is taken out, with the other way of a branch", () => {
    const before = of(
      tag("a", "f"),
      fork("f", "b", "c"),
      tag("b", "d"),
      tag("c", "e"),
      tag("d"),
      tag("e", "d"),
    );
    const after = removed(before, "f");
    expect(ids(after)).toEqual(["a", "b", "d"]);
    expect(after.steps[0]?.next).toBe("b");
    expect(ids(removed(of(tag("a", "b"), tag("b")), "a"))).toEqual(["b"]);
    expect(removed(of(wait("a", "a")), "a").steps).toEqual([]);
  });

  it("leads ways elsewhere, and finds the step of a problem", () => {
    const definition = redirected(of(tag("a", "b"), tag("b")), "a", "next", "");
    expect(definition.steps[0]?.next).toBeUndefined();
    expect(stepAt(definition, "/steps/1/mail/template")).toBe("b");
    expect(stepAt(definition, "/kpi")).toBeNull();
  });

  it("tries a second wording, writing only what is not usual, and keeps one alone", () => {
    const mail = { template: "a", topic: "t" };
    const usual = { template: "b", share: 50, by: "clicks", kpi: "" } as const;
    expect(withSecond(mail, usual)).toEqual({ ...mail, trying: { template: "b" } });
    const other = withSecond(mail, { ...usual, share: 20, by: "kpi", kpi: "k" });
    expect(other.trying).toEqual({ template: "b", share: 0.2, by: "kpi" });
    expect(withSecond(other, null)).toEqual(mail);
    const one = { name: "n", kpi: "k", trigger: {}, steps: [{ id: "m", mail: other }] };
    expect(keptAlone(one, "m", "b").steps).toEqual([{ id: "m", mail: { ...mail, template: "b" } }]);
    expect(keptAlone(one, "x", "b")).toEqual(one);
  });

  it("can be taken back and done again", () => {
    const a = done(done(begun(1), 2), 3);
    expect(undone(a).now).toBe(2);
    expect(redone(undone(a)).now).toBe(3);
    expect(undone(begun(1)).now).toBe(1);
    expect(undone(done(a, 4, true)).now).toBe(2);
    expect(redone(done(undone(a), 9)).now).toBe(9);
  });
});

describe("the picture", () => {
  it("stands as it was drawn: one way down, the held-out road at the right", () => {
    const l = drawn(of(tag("a", "b"), wait("b", "c"), tag("c")));
    const [a, b, c] = ["a", "b", "c"].map((id) => l.steps.get(id));
    expect([a?.x, b?.x, c?.x]).toEqual([0, 0, 0]);
    expect((b?.y ?? 0) - (a?.y ?? 0)).toBe(size.card.h + size.straight);
    expect(a?.y).toBe(size.trigger.h + size.curved);
    expect(l.outcome.held?.x).toBe(size.card.w + size.gap);
    expect(l.roads.map((road) => road.key)).toEqual([
      "held",
      "entry",
      "a next",
      "b next",
      "c next",
    ]);
    expect(l.roads.every((road) => road.width === null)).toBe(true);
  });

  it("is the same for the same input", () => {
    const definition = of(fork("f", "b", "c"), tag("b", "d"), tag("c", "d"), tag("d"));
    expect(drawn(definition)).toEqual(drawn(structuredClone(definition)));
  });

  it("lays branches side by side and joins them again below both", () => {
    const l = drawn(of(fork("f", "b", "c"), tag("b", "d"), tag("c", "d"), tag("d")), false);
    const at = (id: string) => l.steps.get(id) as NonNullable<ReturnType<typeof l.steps.get>>;
    expect(at("b").x).toBe(at("f").x);
    expect(at("c").x).toBe(at("b").x + size.card.w + size.gap);
    expect(at("c").y).toBe(at("b").y);
    expect(at("d").y).toBeGreaterThan(at("b").y);
    expect(l.roads.filter((road) => road.label).map((road) => road.label?.way)).toEqual([
      "then",
      "else",
    ]);
  });

  it("never lets two cards lie on one another, whatever the steps", () => {
    let seed = 7;
    const random = (n: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % n;
    };
    for (let round = 0; round < 300; round++) {
      const n = 1 + random(12);
      const to = (from: number) => {
        const k = from + 1 + random(n - from + 1);
        return k < n ? `s${k}` : undefined;
      };
      const steps = Array.from({ length: n }, (_, k): Step => {
        if (random(3) === 0) return fork(`s${k}`, to(k), to(k));
        if (random(6) === 0) return wait(`s${k}`, `s${random(n)}`);
        return tag(`s${k}`, to(k));
      });
      const l = drawn(of(...steps), random(2) === 0);
      const boxes = [l.trigger, ...l.steps.values(), l.outcome.sent];
      if (l.outcome.held) boxes.push(l.outcome.held);
      expect(l.steps.size).toBe(n);
      for (const [i, a] of boxes.entries()) {
        expect(a.x).toBeGreaterThanOrEqual(0);
        expect(a.x + a.w).toBeLessThanOrEqual(l.width + 0.5);
        for (const b of boxes.slice(i + 1))
          expect(
            a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y,
            `${a.id} on ${b.id} of ${JSON.stringify(steps)}`,
          ).toBe(true);
      }
      for (const road of l.roads) expect(road.d).not.toContain("NaN");
    }
  });

  it("draws a road as wide as its people are many", () => {
    expect([roadWidth(0, 100), roadWidth(50, 100), roadWidth(100, 100), roadWidth(1, 0)]).toEqual([
      3, 7.5, 12, 3,
    ]);
  });

  it("is walked with the arrows", () => {
    const l = drawn(of(fork("f", "b", "c"), tag("b"), tag("c")));
    expect(walk(l, "trigger", "ArrowDown")).toBe("f");
    expect(walk(l, "f", "ArrowDown")).toBe("b");
    expect(walk(l, "b", "ArrowRight")).toBe("c");
    expect(walk(l, "c", "ArrowLeft")).toBe("b");
    expect(walk(l, "b", "ArrowUp")).toBe("f");
    expect(walk(l, "f", "Home")).toBe("trigger");
    expect(walk(l, "trigger", "ArrowUp")).toBeNull();
  });
});

describe("counts", () => {
  it("add up over versions; who stands at a step that is gone is told apart", () => {
    const definition = of(fork("f", "b"), tag("b"));
    const people = (state: string, step: string, n: number, version = 1) => ({
      version,
      state,
      step,
      people: n,
    });
    const automation = {
      people: [
        people("held", "", 10),
        people("inside", "b", 3),
        people("inside", "b", 2, 2),
        people("inside", "gone", 4),
        people("reached", "", 1),
        people("ended", "", 80),
      ],
      ways: [
        { version: 1, from: "f", to: "b", people: 60 },
        { version: 1, from: "f", to: "", people: 20 },
        { version: 2, from: "f", to: "b", people: 5 },
      ],
    } as unknown as Automation;
    const counts = countsOf(automation, definition);
    expect([counts.entered, counts.held, counts.inside, counts.elsewhere]).toEqual([100, 10, 9, 4]);
    expect(counts.at.get("b")).toEqual({ now: 5, passed: 0 });
    expect(counts.at.get("f")).toEqual({ now: 0, passed: 85 });
    expect([...counts.went]).toEqual([
      ["f then", 65],
      ["f else", 20],
    ]);
  });
});
