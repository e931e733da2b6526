import { describe, expect, it } from "vitest";
import { type CountForm, complete, editsOf, freeId } from "./count.ts";

const form: CountForm = {
  count: "events",
  event: "Inquiry Submitted",
  page: "",
  channel: "social",
  name: "問い合わせ",
  unit: "件",
  by: ["channel"],
  under: "kgi",
  onMap: true,
};
const table = { csv: "a.csv", date: "d", metrics: {} };

describe("a number counted from events", () => {
  it("makes a source of its own, an indicator and a road", () => {
    const edits = editsOf(form, { sources: [{ id: "web", spec: table }], indicators: ["kgi"] });
    expect(edits).toEqual([
      {
        op: "set_source",
        id: "web_2",
        source: {
          csv: "",
          date: "",
          metrics: {},
          events: {
            inquiries: {
              count: "events",
              event: "Inquiry Submitted",
              where: { channel: ["social"] },
            },
          },
          by: ["channel"],
        },
      },
      {
        op: "add_indicator",
        id: "inquiries",
        fields: { name: "問い合わせ", measure: "web_2.inquiries", unit: "件" },
      },
      { op: "set_influence", from: "inquiries", to: "kgi", because: "" },
    ]);
  });
  it("joins the source of events that is there and keeps what it counts", () => {
    const spec = { ...table, events: { inquiries: { event: "X" } }, by: ["device"] };
    const [set] = editsOf(
      { ...form, onMap: false },
      { sources: [{ id: "events", spec }], indicators: [] },
    );
    expect(set?.id).toBe("events");
    expect(Object.keys(set?.source?.events ?? {})).toEqual(["inquiries", "inquiries_2"]);
    expect(set?.source?.by).toEqual(["device", "channel"]);
  });
  it("is complete with a name and, where one is counted, an event", () => {
    expect(complete(form)).toBe(true);
    expect(complete({ ...form, event: "" })).toBe(false);
    expect(complete({ ...form, count: "visits", event: "" })).toBe(true);
    expect(complete({ ...form, name: " " })).toBe(false);
  });
  it("has an id nobody has", () => {
    expect(freeId("web", ["web", "web_2"])).toBe("web_3");
  });
});
